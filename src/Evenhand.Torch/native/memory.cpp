// Memory of tensors on the CPU. Batches differ in length, so each step asks for blocks of ever other sizes: malloc's heap gets
// full of holes and grows from epoch to epoch although every tensor is released. Large blocks are kept here by powers of two,
// and used again; what is kept is bounded by twice what was in use at once, which blocks for all lengths of batches stay below:
// with less, they would be given back and mapped again from step to step.
#include "shim.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>

using namespace evenhand;

namespace {

constexpr size_t kAlignment = 64;
constexpr int kLeastClass = 16;  // Blocks below 64 KiB are left to malloc.
constexpr int kClasses = 48;
constexpr size_t kKeptAnyway = size_t{64} << 20;
constexpr size_t kKeptShare = 2;

// Lies in front of every block.
struct alignas(kAlignment) Header {
  Header* next;
  int32_t size_class;  // The block has two to the power of it bytes; -1 for one that malloc gave.
};
static_assert(sizeof(Header) == kAlignment);

int32_t size_class_of(size_t bytes) {
  int32_t size_class = kLeastClass;
  while ((size_t{1} << size_class) < bytes) {
    ++size_class;
  }

  return size_class;
}

size_t capacity_of(int32_t size_class) { return size_t{1} << size_class; }

class TensorMemory final : public c10::Allocator {
 public:
  // libtorch 1.13 asks a constant allocator; 2.2 and later do not.
  c10::DataPtr allocate(size_t bytes) const { return const_cast<TensorMemory*>(this)->allocate(bytes); }

  c10::DataPtr allocate(size_t bytes) {
    if (bytes == 0) {
      return {nullptr, nullptr, &TensorMemory::release, c10::Device(c10::kCPU)};
    }

    if (bytes > capacity_of(kClasses - 1)) {
      throw std::bad_alloc();
    }

    auto* header = bytes < capacity_of(kLeastClass) ? from_malloc(bytes) : take(size_class_of(bytes));
    void* data = header + 1;
    return {data, data, &TensorMemory::release, c10::Device(c10::kCPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &TensorMemory::release; }

  // Pure since libtorch 2.3.
  void copy_data(void* to, const void* from, size_t bytes) const { std::memcpy(to, from, bytes); }

  // Gives every block that is not in use back to the system.
  void trim() {
    std::lock_guard<std::mutex> lock(mutex_);
    unmap_kept();
    peak_ = live_;
  }

  static TensorMemory& instance() {
    static auto* memory = new TensorMemory();  // Tensors may outlive every destructor of the process.
    return *memory;
  }

 private:
  static Header* from_malloc(size_t bytes) {
    void* block = nullptr;
    if (posix_memalign(&block, kAlignment, sizeof(Header) + bytes) != 0) {
      throw std::bad_alloc();
    }

    auto* header = static_cast<Header*>(block);
    header->size_class = -1;
    return header;
  }

  Header* take(int32_t size_class) {
    if (auto* header = take_kept(size_class); header != nullptr) {
      return header;
    }

    void* block = map(size_class);
    if (block == MAP_FAILED) {
      trim();
      block = map(size_class);
    }

    if (block == MAP_FAILED) {
      throw std::bad_alloc();
    }

    auto* header = static_cast<Header*>(block);
    header->size_class = size_class;
    std::lock_guard<std::mutex> lock(mutex_);
    count(size_class);
    return header;
  }

  Header* take_kept(int32_t size_class) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto* header = kept_[size_class];
    if (header != nullptr) {
      kept_[size_class] = header->next;
      kept_bytes_ -= capacity_of(size_class);
      count(size_class);
    }

    return header;
  }

  void count(int32_t size_class) {
    live_ += capacity_of(size_class);
    peak_ = std::max(peak_, live_);
  }

  static void release(void* data) {
    if (data == nullptr) {
      return;
    }

    auto* header = static_cast<Header*>(data) - 1;
    if (header->size_class < 0) {
      std::free(header);
    } else {
      instance().keep(header);
    }
  }

  void keep(Header* header) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto bytes = capacity_of(header->size_class);
    live_ -= bytes;
    header->next = kept_[header->size_class];
    kept_[header->size_class] = header;
    kept_bytes_ += bytes;
    if (kept_bytes_ > std::max(kKeptAnyway, kKeptShare * peak_)) {
      unmap_kept();
    }
  }

  void unmap_kept() {
    for (auto& first : kept_) {
      while (first != nullptr) {
        auto* header = first;
        first = header->next;
        munmap(header, length_of(header->size_class));
      }
    }

    kept_bytes_ = 0;
  }

  static void* map(int32_t size_class) {
    return mmap(nullptr, length_of(size_class), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }

  static size_t length_of(int32_t size_class) { return sizeof(Header) + capacity_of(size_class); }

  std::mutex mutex_;
  std::array<Header*, kClasses> kept_{};
  size_t live_ = 0;
  size_t kept_bytes_ = 0;
  size_t peak_ = 0;
};

// Before the first tensor is made.
[[maybe_unused]] const bool installed = [] {
  c10::SetCPUAllocator(&TensorMemory::instance(), 1);
  return true;
}();

}  // namespace

EVENHAND_EXPORT int32_t eh_trim_memory() {
  return guarded([&] {
    TensorMemory::instance().trim();
    return 0;
  });
}
