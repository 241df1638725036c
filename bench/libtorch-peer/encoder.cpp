// Trains a BERT-shaped text classifier on random tokens and prints steps per second: what the C# learner is measured
// against. Written as the C++ front end of libtorch suggests: its modules, its AdamW, its clipping.
//
// usage: libtorch_peer layers hidden heads intermediate vocabulary batch length steps warmup threads float32|bfloat16

#include <torch/torch.h>
#include <ATen/autocast_mode.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

struct Shape {
  int64_t layers, hidden, heads, intermediate, vocabulary, batch, length;
};

constexpr double kDropout = 0.1;

struct LayerImpl : torch::nn::Module {
  explicit LayerImpl(const Shape& shape)
      : heads(shape.heads),
        query(register_module("query", torch::nn::Linear(shape.hidden, shape.hidden))),
        key(register_module("key", torch::nn::Linear(shape.hidden, shape.hidden))),
        value(register_module("value", torch::nn::Linear(shape.hidden, shape.hidden))),
        output(register_module("output", torch::nn::Linear(shape.hidden, shape.hidden))),
        up(register_module("up", torch::nn::Linear(shape.hidden, shape.intermediate))),
        down(register_module("down", torch::nn::Linear(shape.intermediate, shape.hidden))),
        attention_norm(register_module("attention_norm", Norm(shape.hidden))),
        output_norm(register_module("output_norm", Norm(shape.hidden))),
        dropout(register_module("dropout", torch::nn::Dropout(kDropout))) {}

  static torch::nn::LayerNorm Norm(int64_t hidden) {
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({hidden}).eps(1e-12));
  }

  torch::Tensor Split(const torch::Tensor& x) {
    return x.view({x.size(0), x.size(1), heads, -1}).transpose(1, 2);
  }

  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask) {
    auto q = Split(query(x)), k = Split(key(x)), v = Split(value(x));
    auto scores = torch::matmul(q, k.transpose(-1, -2)) / std::sqrt(static_cast<double>(q.size(-1))) + mask;
    auto context = torch::matmul(dropout(torch::softmax(scores, -1)), v);
    context = context.transpose(1, 2).reshape(x.sizes());
    auto attended = attention_norm(x + dropout(output(context)));
    return output_norm(attended + dropout(down(torch::gelu(up(attended)))));
  }

  int64_t heads;
  torch::nn::Linear query, key, value, output, up, down;
  torch::nn::LayerNorm attention_norm, output_norm;
  torch::nn::Dropout dropout;
};
TORCH_MODULE(Layer);

struct ClassifierImpl : torch::nn::Module {
  explicit ClassifierImpl(const Shape& shape)
      : words(register_module("words", torch::nn::Embedding(shape.vocabulary, shape.hidden))),
        positions(register_module("positions", torch::nn::Embedding(shape.length, shape.hidden))),
        types(register_module("types", torch::nn::Embedding(2, shape.hidden))),
        norm(register_module("norm", LayerImpl::Norm(shape.hidden))),
        dropout(register_module("dropout", torch::nn::Dropout(kDropout))),
        head(register_module("head", torch::nn::Linear(shape.hidden, 1))) {
    for (int64_t i = 0; i < shape.layers; i++) {
      layers.push_back(register_module("layer" + std::to_string(i), Layer(shape)));
    }
  }

  torch::Tensor forward(const torch::Tensor& ids, const torch::Tensor& mask) {
    auto places = torch::arange(ids.size(1), torch::kLong).unsqueeze(0);
    auto hidden = dropout(norm(words(ids) + positions(places) + types(torch::zeros_like(ids))));
    auto additive = (1 - mask).unsqueeze(1).unsqueeze(1) * -10000.0;
    for (auto& layer : layers) {
      hidden = layer(hidden, additive);
    }
    auto weights = mask.unsqueeze(-1);
    auto pooled = (hidden * weights).sum(1) / weights.sum(1);
    return head(dropout(pooled)).squeeze(-1);
  }

  torch::nn::Embedding words, positions, types;
  torch::nn::LayerNorm norm;
  torch::nn::Dropout dropout;
  torch::nn::Linear head;
  std::vector<Layer> layers;
};
TORCH_MODULE(Classifier);

}  // namespace

int main(int argc, char** argv) {
  if (argc != 12) {
    std::fprintf(stderr,
                 "usage: libtorch_peer layers hidden heads intermediate vocabulary batch length steps warmup threads "
                 "float32|bfloat16\n");
    return 2;
  }
  auto number = [&](int i) { return static_cast<int64_t>(std::atoll(argv[i])); };
  const Shape shape{number(1), number(2), number(3), number(4), number(5), number(6), number(7)};
  const int64_t steps = number(8), warmup = number(9);
  const bool half = std::string(argv[11]) == "bfloat16";
  at::set_num_threads(static_cast<int>(number(10)));
  torch::manual_seed(1);

  Classifier model(shape);
  torch::optim::AdamW optimizer(model->parameters(), torch::optim::AdamWOptions(1e-4).weight_decay(0.01));
  auto ids = torch::randint(shape.vocabulary, {shape.batch, shape.length}, torch::kLong);
  auto mask = torch::ones({shape.batch, shape.length});
  auto labels = torch::randint(2, {shape.batch}).to(torch::kFloat);

  auto step = [&] {
    at::autocast::set_cpu_enabled(half);
    auto logits = model(ids, mask);
    at::autocast::clear_cache();
    at::autocast::set_cpu_enabled(false);
    auto loss = torch::binary_cross_entropy_with_logits(logits.to(torch::kFloat), labels);
    optimizer.zero_grad();
    loss.backward();
    torch::nn::utils::clip_grad_norm_(model->parameters(), 1.0);
    optimizer.step();
    return loss.item<double>();
  };
  for (int64_t i = 0; i < warmup; i++) {
    step();
  }
  const auto start = std::chrono::steady_clock::now();
  double loss = 0;
  for (int64_t i = 0; i < steps; i++) {
    loss = step();
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("%.4f %.6f\n", steps / seconds.count(), loss);
}
