// Handles of tensors, values and errors.
#include "shim.h"

#include <ATen/core/Generator.h>
#include <ATen/core/List.h>

#include <atomic>
#include <new>
#include <string>

namespace evenhand {

using Counted = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

// c10::optional or std::optional, by the version of libtorch.
using OptionalTensor = decltype(std::declval<c10::IValue>().toOptional<at::Tensor>());

namespace {

std::atomic<int64_t> live_handles{0};
thread_local std::string last_error;

constexpr int32_t OtherError = -1;
constexpr int32_t IndexError = -2;
constexpr int32_t ValueError = -3;
constexpr int32_t TypeError = -4;
constexpr int32_t NotImplemented = -5;
constexpr int32_t OutOfMemory = -6;

int32_t record(int32_t code, const char* message) noexcept {
  try {
    last_error = message;
  } catch (...) {
    last_error.clear();
  }

  return code;
}

// Shortage of memory has no type of its own on the CPU in libtorch 1.13.
int32_t code_of(const std::string& message) {
  return message.find("can't allocate memory") != std::string::npos ||
                 message.find("out of memory") != std::string::npos
             ? OutOfMemory
             : OtherError;
}

}  // namespace

at::Tensor borrow(Handle handle) {
  return handle == nullptr ? at::Tensor() : at::Tensor(Counted::reclaim_copy(handle));
}

Handle release(at::Tensor tensor) {
  if (!tensor.defined()) {
    return nullptr;
  }

  live_handles.fetch_add(1, std::memory_order_relaxed);
  return tensor.unsafeReleaseTensorImpl();
}

c10::IValue to_ivalue(const Value& value) {
  switch (value.tag) {
    case Tag::None:
      return {};
    case Tag::Tensor:
      return borrow(static_cast<Handle>(const_cast<void*>(value.pointer)));
    case Tag::Int:
      return value.integer;
    case Tag::Double:
      return value.real;
    case Tag::Bool:
      return value.integer != 0;
    case Tag::IntList:
      return at::IntArrayRef(static_cast<const int64_t*>(value.pointer), value.count);
    case Tag::DoubleList:
      return at::ArrayRef<double>(static_cast<const double*>(value.pointer), value.count);
    case Tag::String:
      return std::string(static_cast<const char*>(value.pointer), value.count);
    case Tag::Device:
      return c10::Device(static_cast<c10::DeviceType>(value.count), static_cast<c10::DeviceIndex>(value.integer));
    case Tag::Generator:
      return at::Generator(*static_cast<const at::Generator*>(value.pointer));
    case Tag::TensorList: {
      auto handles = static_cast<const Handle*>(value.pointer);
      c10::List<at::Tensor> list;
      list.reserve(value.count);
      for (int32_t i = 0; i < value.count; i++) {
        list.push_back(borrow(handles[i]));
      }

      return list;
    }
    case Tag::OptionalTensorList: {
      auto handles = static_cast<const Handle*>(value.pointer);
      c10::List<OptionalTensor> list;
      list.reserve(value.count);
      for (int32_t i = 0; i < value.count; i++) {
        list.push_back(handles[i] == nullptr ? OptionalTensor() : OptionalTensor(borrow(handles[i])));
      }

      return list;
    }
  }

  TORCH_CHECK_VALUE(false, "a value has the unknown tag ", static_cast<int32_t>(value.tag));
}

int32_t record_current_exception() noexcept {
  try {
    throw;
  } catch (const c10::IndexError& e) {
    return record(IndexError, e.what_without_backtrace());
  } catch (const c10::ValueError& e) {
    return record(ValueError, e.what_without_backtrace());
  } catch (const c10::TypeError& e) {
    return record(TypeError, e.what_without_backtrace());
  } catch (const c10::NotImplementedError& e) {
    return record(NotImplemented, e.what_without_backtrace());
  } catch (const c10::Error& e) {
    return record(code_of(e.what_without_backtrace()), e.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    return record(OutOfMemory, "out of memory");
  } catch (const std::exception& e) {
    return record(code_of(e.what()), e.what());
  } catch (...) {
    return record(OtherError, "an exception of an unknown type");
  }
}

}  // namespace evenhand

using namespace evenhand;

// The message that belongs to the last negative code on this thread, in UTF-8.
EVENHAND_EXPORT const char* eh_error(int64_t* length) {
  *length = static_cast<int64_t>(last_error.size());
  return last_error.data();
}

EVENHAND_EXPORT int64_t eh_live_handles() { return live_handles.load(std::memory_order_relaxed); }

EVENHAND_EXPORT void eh_release(Handle handle) {
  if (handle != nullptr) {
    live_handles.fetch_sub(1, std::memory_order_relaxed);
    Counted::reclaim(handle);
  }
}
