using System.Text.Json;

namespace Evenhand.Torch.Tests.HuggingFace;

/// <summary>The forward passes of BERT (Devlin et al. 2019), RoBERTa (Liu et al. 2019) and DistilBERT (Sanh et al.
/// 2019) in a few lines of Python over plain operations, which read the folder themselves.</summary>
internal static class ReferenceEncoder
{
    private const string Script =
        """
        import math, struct
        given = json.load(open(sys.argv[1]))
        c = json.load(open(given['folder'] + '/config.json'))
        kind = c['model_type']

        def load(path):
            data = open(path, 'rb').read()
            n = struct.unpack('<Q', data[:8])[0]
            types = {'F32': torch.float32, 'F16': torch.float16, 'BF16': torch.bfloat16, 'I64': torch.int64}
            found = {}
            for name, t in json.loads(data[8:8 + n]).items():
                if name == '__metadata__':
                    continue
                a, b = (8 + n + o for o in t['data_offsets'])
                values = torch.frombuffer(bytearray(data[a:b]), dtype=types[t['dtype']]).reshape(t['shape'])
                name = name[len(kind) + 1:] if name.startswith(kind + '.') else name
                found[name.replace('.gamma', '.weight').replace('.beta', '.bias')] = values.double()
            return found

        w = load(given['folder'] + '/model.safetensors')
        eps = c.get('layer_norm_eps', 1e-12)
        heads = c.get('num_attention_heads') or c['n_heads']
        layers = c.get('num_hidden_layers') or c['n_layers']
        act = c.get('hidden_act') or c['activation']

        def linear(x, name):
            return x @ w[name + '.weight'].T + w[name + '.bias']

        def norm(x, name):
            m = x.mean(-1, keepdim=True)
            v = ((x - m) ** 2).mean(-1, keepdim=True)
            return (x - m) / torch.sqrt(v + eps) * w[name + '.weight'] + w[name + '.bias']

        def nonlinear(x):
            if act == 'relu':
                return torch.clamp(x, min=0)
            if act == 'silu':
                return x / (1 + torch.exp(-x))
            if act == 'gelu_new':
                return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))
            return x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))

        ids = torch.tensor(given['ids'])
        mask = torch.tensor(given['mask'])
        pad = c['pad_token_id']
        if kind == 'roberta':
            there = ids.ne(pad).long()
            places = torch.cumsum(there, 1) * there + pad
        else:
            places = torch.arange(ids.shape[1]).expand_as(ids)
        x = w['embeddings.word_embeddings.weight'][ids] + w['embeddings.position_embeddings.weight'][places]
        if kind != 'distilbert':
            x = x + w['embeddings.token_type_embeddings.weight'][torch.tensor(given['types'])]
        x = norm(x, 'embeddings.LayerNorm')
        names = {
            'q': 'attention.q_lin', 'k': 'attention.k_lin', 'v': 'attention.v_lin', 'o': 'attention.out_lin',
            'n1': 'sa_layer_norm', 'f1': 'ffn.lin1', 'f2': 'ffn.lin2', 'n2': 'output_layer_norm',
        } if kind == 'distilbert' else {
            'q': 'attention.self.query', 'k': 'attention.self.key', 'v': 'attention.self.value',
            'o': 'attention.output.dense', 'n1': 'attention.output.LayerNorm', 'f1': 'intermediate.dense',
            'f2': 'output.dense', 'n2': 'output.LayerNorm',
        }
        b, l, d = x.shape
        for i in range(layers):
            at = ('transformer' if kind == 'distilbert' else 'encoder') + '.layer.%d.' % i
            part = lambda n: linear(x, at + names[n]).reshape(b, l, heads, d // heads).permute(0, 2, 1, 3)
            s = part('q') @ part('k').transpose(-1, -2) / math.sqrt(d // heads)
            s = s.masked_fill(mask[:, None, None, :] == 0, float('-inf'))
            p = torch.exp(s - s.max(-1, keepdim=True).values)
            p = p / p.sum(-1, keepdim=True)
            y = (p @ part('v')).permute(0, 2, 1, 3).reshape(b, l, d)
            x = norm(x + linear(y, at + names['o']), at + names['n1'])
            x = norm(x + linear(nonlinear(linear(x, at + names['f1'])), at + names['f2']), at + names['n2'])
        if kind == 'bert':
            scores = linear(torch.tanh(linear(x[:, 0], 'pooler.dense')), 'classifier')
        elif kind == 'roberta':
            scores = linear(torch.tanh(linear(x[:, 0], 'classifier.dense')), 'classifier.out_proj')
        else:
            scores = linear(torch.clamp(linear(x[:, 0], 'pre_classifier'), min=0), 'classifier')
        print(json.dumps({'hidden': x.reshape(-1).tolist(), 'scores': scores.reshape(-1).tolist()}))
        """;

    /// <summary>Vectors of all tokens, [batch, length, hidden], and scores, [batch, labels], flattened.</summary>
    public static (double[] Hidden, double[] Scores) Run(string folder, long[][] ids, long[][] types, int[][] mask)
    {
        var found = Python.Run(Script, new { folder, ids, types, mask });
        return (Numbers("hidden"), Numbers("scores"));

        double[] Numbers(string name) => found.GetProperty(name).Deserialize<double[]>()!;
    }
}
