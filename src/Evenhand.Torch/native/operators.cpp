// Any operator of libtorch by its name, called boxed: one export instead of hundreds.
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <vector>

using namespace evenhand;

namespace {

// Results beyond what fits into the caller's buffer, until they are fetched.
thread_local std::vector<Value> more_results;

void add(std::vector<Value>& results, const c10::IValue& value) {
  Value result{};
  if (value.isTensor()) {
    auto tensor = value.toTensor();
    result.tag = tensor.defined() ? Tag::Tensor : Tag::None;
    result.pointer = release(std::move(tensor));
    results.push_back(result);
  } else if (value.isTensorList()) {
    for (const at::Tensor& tensor : value.toTensorVector()) {
      add(results, c10::IValue(tensor));
    }
  } else if (value.isInt()) {
    result.tag = Tag::Int;
    result.integer = value.toInt();
    results.push_back(result);
  } else if (value.isDouble()) {
    result.tag = Tag::Double;
    result.real = value.toDouble();
    results.push_back(result);
  } else if (value.isBool()) {
    result.tag = Tag::Bool;
    result.integer = value.toBool();
    results.push_back(result);
  } else if (value.isNone()) {
    results.push_back(result);
  } else {
    TORCH_CHECK_NOT_IMPLEMENTED(false, "results of type ", value.tagKind(), " are not read");
  }
}

}  // namespace

// Finds an operator such as ("aten::add", "Tensor"). The handle is good for the life of the process.
EVENHAND_EXPORT int32_t eh_find_operator(const char* name, const char* overload, const c10::OperatorHandle** found) {
  return guarded([&] {
    *found = new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
    return 0;
  });
}

// Calls an operator. Arguments that are not given have their defaults. Returns the number of results, lists laid out
// flat; those beyond the capacity are fetched by eh_more_results.
EVENHAND_EXPORT int32_t eh_call(
    const c10::OperatorHandle* op, const Value* arguments, int32_t count, Value* results, int32_t capacity) {
  return guarded([&] {
    const auto& declared = op->schema().arguments();
    TORCH_CHECK_VALUE(
        static_cast<size_t>(count) <= declared.size(),
        op->operator_name(), " takes ", declared.size(), " arguments and was given ", count);
    torch::jit::Stack stack;
    stack.reserve(declared.size());
    for (int32_t i = 0; i < count; i++) {
      stack.push_back(to_ivalue(arguments[i]));
    }

    for (size_t i = count; i < declared.size(); i++) {
      const auto& byDefault = declared[i].default_value();
      TORCH_CHECK_VALUE(byDefault.has_value(), op->operator_name(), " needs its argument ", declared[i].name());
      stack.push_back(*byDefault);
    }

    op->callBoxed(stack);

    // The one result that most operators have takes the short way.
    if (stack.size() == 1 && stack[0].isTensor() && capacity > 0) {
      auto tensor = std::move(stack[0]).toTensor();
      results[0].tag = tensor.defined() ? Tag::Tensor : Tag::None;
      results[0].pointer = release(std::move(tensor));
      return 1;
    }

    std::vector<Value> all;
    for (const auto& value : stack) {
      add(all, value);
    }

    auto fits = std::min<size_t>(all.size(), capacity);
    std::copy(all.begin(), all.begin() + fits, results);
    more_results.assign(all.begin() + fits, all.end());
    return static_cast<int32_t>(all.size());
  });
}

// The results of the last call on this thread that did not fit.
EVENHAND_EXPORT void eh_more_results(Value* results) {
  std::copy(more_results.begin(), more_results.end(), results);
  more_results.clear();
}
