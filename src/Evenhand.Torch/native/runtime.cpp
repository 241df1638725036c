// What holds for the process or the thread: seeds, threads, precision, what the machine has.
#include "shim.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <torch/version.h>

using namespace evenhand;

EVENHAND_EXPORT const char* eh_version() { return TORCH_VERSION; }

EVENHAND_EXPORT int32_t eh_set_num_threads(int32_t count) {
  return guarded([&] {
    at::set_num_threads(count);
    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_get_num_threads() {
  return guarded([&] { return static_cast<int32_t>(at::get_num_threads()); });
}

EVENHAND_EXPORT int32_t eh_cuda_devices() {
  return guarded([&] { return at::hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0; });
}

EVENHAND_EXPORT int32_t eh_manual_seed(int64_t seed) {
  return guarded([&] {
    at::manual_seed(static_cast<uint64_t>(seed));
    return 0;
  });
}

// A generator of random numbers; the default one of the CPU is shared, not copied.
EVENHAND_EXPORT int32_t eh_default_generator(at::Generator** made) {
  return guarded([&] {
    *made = new at::Generator(at::detail::getDefaultCPUGenerator());
    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_new_generator(int64_t seed, at::Generator** made) {
  return guarded([&] {
    *made = new at::Generator(at::detail::createCPUGenerator(static_cast<uint64_t>(seed)));
    return 0;
  });
}

EVENHAND_EXPORT void eh_release_generator(at::Generator* generator) { delete generator; }

EVENHAND_EXPORT int32_t eh_generator_seed(at::Generator* generator, int64_t seed) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_current_seed(static_cast<uint64_t>(seed));
    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_generator_initial_seed(at::Generator* generator, int64_t* seed) {
  return guarded([&] {
    *seed = static_cast<int64_t>(generator->current_seed());
    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_generator_get_state(at::Generator* generator, Handle* state) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    *state = release(generator->get_state());
    return 0;
  });
}

EVENHAND_EXPORT int32_t eh_generator_set_state(at::Generator* generator, Handle state) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_state(borrow(state));
    return 0;
  });
}

// Opens or closes mixed precision on this thread; the cache of cast weights goes when it closes.
EVENHAND_EXPORT int32_t eh_autocast(int32_t on_cuda, int32_t enabled, int32_t dtype) {
  return guarded([&] {
    auto type = static_cast<at::ScalarType>(dtype);
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    auto device = on_cuda != 0 ? at::kCUDA : at::kCPU;
    at::autocast::set_autocast_enabled(device, enabled != 0);
    at::autocast::set_autocast_dtype(device, type);
#else
    if (on_cuda != 0) {
      at::autocast::set_enabled(enabled != 0);
      at::autocast::set_autocast_gpu_dtype(type);
    } else {
      at::autocast::set_cpu_enabled(enabled != 0);
      at::autocast::set_autocast_cpu_dtype(type);
    }
#endif

    at::autocast::set_autocast_cache_enabled(enabled != 0);
    if (enabled == 0) {
      at::autocast::clear_cache();
    }

    return 0;
  });
}
