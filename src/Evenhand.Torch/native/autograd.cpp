// Gradients, and whether they are recorded.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

#include <vector>

using namespace evenhand;

namespace {

std::vector<at::Tensor> borrow_all(const Handle* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++) {
    tensors.push_back(borrow(handles[i]));
  }

  return tensors;
}

}  // namespace

EVENHAND_EXPORT int32_t eh_backward(
    const Handle* tensors, const Handle* gradients, int32_t count, const Handle* inputs, int32_t input_count,
    int32_t retain_graph, int32_t create_graph) {
  return guarded([&] {
    torch::autograd::backward(
        borrow_all(tensors, count),
        gradients == nullptr ? std::vector<at::Tensor>{} : borrow_all(gradients, count),
        retain_graph != 0, create_graph != 0, borrow_all(inputs, input_count));
    return 0;
  });
}

// Gradients of outputs by inputs; a null handle where an input was not used.
EVENHAND_EXPORT int32_t eh_grad(
    const Handle* outputs, const Handle* gradients, int32_t count, const Handle* inputs, int32_t input_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, Handle* results) {
  return guarded([&] {
    auto found = torch::autograd::grad(
        borrow_all(outputs, count), borrow_all(inputs, input_count),
        gradients == nullptr ? std::vector<at::Tensor>{} : borrow_all(gradients, count),
        retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (int32_t i = 0; i < input_count; i++) {
      results[i] = release(found[i]);
    }

    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_set_grad_mode(int32_t enabled) {
  auto before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(enabled != 0);
  return before ? 1 : 0;
}

EVENHAND_EXPORT int32_t eh_grad_mode() { return c10::GradMode::is_enabled() ? 1 : 0; }

EVENHAND_EXPORT int32_t eh_requires_grad(Handle tensor) { return tensor->requires_grad() ? 1 : 0; }

EVENHAND_EXPORT int32_t eh_set_requires_grad(Handle tensor, int32_t required) {
  return guarded([&] {
    auto t = borrow(tensor);
    TORCH_CHECK_VALUE(
        t.is_leaf() || required != 0,
        "only leaves of the graph can be told that they need no gradient; detach() the tensor instead");
    t.set_requires_grad(required != 0);
    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_is_leaf(Handle tensor) {
  return guarded([&] { return borrow(tensor).is_leaf() ? 1 : 0; });
}

EVENHAND_EXPORT int32_t eh_retain_grad(Handle tensor) {
  return guarded([&] {
    borrow(tensor).retain_grad();
    return 0;
  });
}

// The accumulated gradient; a null handle where there is none.
EVENHAND_EXPORT int32_t eh_get_grad(Handle tensor, Handle* gradient) {
  return guarded([&] {
    *gradient = release(borrow(tensor).grad());
    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_set_grad(Handle tensor, Handle gradient) {
  return guarded([&] {
    borrow(tensor).mutable_grad() = borrow(gradient);
    return 0;
  });
}

// Drops the gradients of many tensors, or fills them with zeros.
EVENHAND_EXPORT int32_t eh_zero_grads(const Handle* tensors, int32_t count, int32_t set_to_none) {
  return guarded([&] {
    for (int32_t i = 0; i < count; i++) {
      auto& gradient = borrow(tensors[i]).mutable_grad();
      if (!gradient.defined()) {
        continue;
      }

      if (set_to_none != 0) {
        gradient.reset();
      } else {
        gradient.detach_();
        gradient.zero_();
      }
    }

    return 0;
  });
}

// A tensor of the same data that is a leaf of its own, without history.
EVENHAND_EXPORT int32_t eh_make_leaf(Handle tensor, int32_t requires_grad, Handle* leaf) {
  return guarded([&] {
    auto made = borrow(tensor).detach();
    made.set_requires_grad(requires_grad != 0);
    *leaf = release(std::move(made));
    return 0;
  });
}
