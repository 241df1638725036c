// What a tensor is: shape, type, place, memory.
#include "shim.h"

#include <ATen/ATen.h>

#include <cstring>

using namespace evenhand;

EVENHAND_EXPORT int64_t eh_dim(Handle tensor) { return tensor->dim(); }

EVENHAND_EXPORT int64_t eh_numel(Handle tensor) { return tensor->numel(); }

EVENHAND_EXPORT int32_t eh_dtype(Handle tensor) {
  return guarded([&] { return static_cast<int32_t>(borrow(tensor).scalar_type()); });
}

EVENHAND_EXPORT int64_t eh_element_size(Handle tensor) { return static_cast<int64_t>(tensor->itemsize()); }

// Kind in the upper, index in the lower half.
EVENHAND_EXPORT int64_t eh_device(Handle tensor) {
  auto device = tensor->device();
  return (static_cast<int64_t>(device.type()) << 32) | static_cast<uint32_t>(static_cast<int32_t>(device.index()));
}

EVENHAND_EXPORT int32_t eh_shape(Handle tensor, int64_t* sizes) {
  return guarded([&] {
    auto shape = tensor->sizes();
    std::copy(shape.begin(), shape.end(), sizes);
    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_strides(Handle tensor, int64_t* strides) {
  return guarded([&] {
    auto found = tensor->strides();
    std::copy(found.begin(), found.end(), strides);
    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_is_contiguous(Handle tensor) {
  return guarded([&] { return tensor->is_contiguous() ? 1 : 0; });
}

// The first element in memory; only for dense tensors on the CPU.
EVENHAND_EXPORT int32_t eh_data(Handle tensor, void** data) {
  return guarded([&] {
    auto t = borrow(tensor);
    TORCH_CHECK_VALUE(
        t.device().is_cpu() && t.layout() == at::kStrided, "only dense tensors on the CPU show their memory");
    *data = t.data_ptr();
    return 0;
  });
}

// A new tensor on the CPU with a copy of the elements.
EVENHAND_EXPORT int32_t eh_from_memory(
    const void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype, Handle* made) {
  return guarded([&] {
    auto tensor = at::empty(at::IntArrayRef(sizes, dimensions), at::TensorOptions(static_cast<at::ScalarType>(dtype)));
    if (tensor.nbytes() > 0) {
      std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
    }

    *made = release(std::move(tensor));
    return 0;
  });
}

// One element as a number: 1 where it is whole, 2 where it is real, 0 where it is a truth value.
EVENHAND_EXPORT int32_t eh_item(Handle tensor, int64_t* whole, double* real) {
  return guarded([&] {
    auto scalar = borrow(tensor).item();
    if (scalar.isBoolean()) {
      *whole = scalar.toBool();
      *real = static_cast<double>(*whole);
      return 0;
    }

    if (scalar.isIntegral(false)) {
      *whole = scalar.toLong();
      *real = static_cast<double>(*whole);
      return 1;
    }

    *real = scalar.toDouble();
    return 2;
  });
}

EVENHAND_EXPORT int32_t eh_same_tensor(Handle first, Handle second) { return first == second ? 1 : 0; }
