// What the shim's files share: values that cross the border, handles of tensors, and errors.
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>
#include <c10/util/Exception.h>

#include <cstdint>

#define EVENHAND_EXPORT extern "C" __attribute__((visibility("default")))

namespace evenhand {

// How an argument or a result is to be read. The C# side has the same numbers (Interop/NativeValue.cs).
enum class Tag : int32_t {
  None = 0,
  Tensor = 1,
  Int = 2,
  Double = 3,
  Bool = 4,
  IntList = 5,
  TensorList = 6,
  String = 7,
  DoubleList = 8,
  OptionalTensorList = 9,
  Device = 10,
  Generator = 11,
};

// One argument or result: 16 bytes, the same on both sides. Lists borrow the caller's memory for the call.
struct Value {
  Tag tag;
  int32_t count;  // Length of a list or string; the kind of a device.
  union {
    int64_t integer;
    double real;
    const void* pointer;
  };
};
static_assert(sizeof(Value) == 16);

// A handle is a counted reference to libtorch's tensor.
using Handle = c10::TensorImpl*;

at::Tensor borrow(Handle handle);
Handle release(at::Tensor tensor);
c10::IValue to_ivalue(const Value& value);

// Codes of errors; the C# side makes exceptions of them (Interop/NativeError.cs).
int32_t record_current_exception() noexcept;

// Runs the body; whatever it throws becomes a negative code and a message.
template <typename Body>
int32_t guarded(Body&& body) noexcept {
  try {
    return body();
  } catch (...) {
    return record_current_exception();
  }
}

}  // namespace evenhand
