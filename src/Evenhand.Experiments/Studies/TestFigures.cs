using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evenhand.Configuration;
using Evenhand.Experiments.Evaluations;
using Evenhand.Tuning.Artifacts;

namespace Evenhand.Experiments.Studies;

/// <summary>Test figures by trial: <c>{"sha256": HEX, "figures": {NUMBER: {metrics, groups, fairness,
/// comparison?}}}</c>, the checksum of the bytes of the figures. Older versions wrote the figures alone.</summary>
internal static class TestFigures
{
    private const string ChecksumKey = "sha256";
    private const string FiguresKey = "figures";

    /// <summary>Writes figures in the place of the last ones.</summary>
    /// <exception cref="FileNotWrittenException">They cannot be written.</exception>
    public static void Write(IArtifactStore store, string name, IReadOnlyDictionary<int, EvaluationFigures> figures)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (trial, evaluation) in figures.OrderBy(f => f.Key))
            {
                json.WritePropertyName(trial.ToString(CultureInfo.InvariantCulture));
                EvaluationJson.Write(json, evaluation);
            }

            json.WriteEndObject();
        }

        var body = buffer.ToArray();
        var head = $"{{\"{ChecksumKey}\":\"{Convert.ToHexStringLower(SHA256.HashData(body))}\",\"{FiguresKey}\":";
        store.Write(name, stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes(head));
            stream.Write(body);
            stream.Write("}"u8);
        });
    }

    /// <summary>Reads figures; empty where there are none.</summary>
    /// <exception cref="InputException">They were cut or changed, or cannot be read.</exception>
    public static IReadOnlyDictionary<int, EvaluationFigures> Read(IArtifactStore store, string name)
    {
        try
        {
            using var stream = store.OpenRead(name);
            if (stream is null)
            {
                return new Dictionary<int, EvaluationFigures>();
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Figures(Body(bytes));
        }
        catch (Exception problem) when (EvaluationJson.IsDamage(problem))
        {
            throw new InputException(
                $"{store.Locate(name)} is damaged: {problem.Message} Resume the study to measure its finalists again.",
                problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{store.Locate(name)} cannot be read: {problem.Message}", problem);
        }
    }

    private static ReadOnlySpan<byte> Body(byte[] bytes)
    {
        var json = new Utf8JsonReader(bytes);
        json.Read();
        FiguresJson.ExpectObject(ref json);
        if (!json.Read() || json.TokenType != JsonTokenType.PropertyName || !json.ValueTextEquals(ChecksumKey))
        {
            return bytes;
        }

        json.Read();
        var checksum = json.GetString();
        if (FiguresJson.NextProperty(ref json) != FiguresKey)
        {
            throw new JsonException($"'{FiguresKey}' was expected behind '{ChecksumKey}'.");
        }

        var start = (int)json.TokenStartIndex;
        json.Skip();
        var body = bytes.AsSpan(start, (int)json.BytesConsumed - start);
        if (FiguresJson.NextProperty(ref json) is not null || json.Read())
        {
            throw new JsonException($"Nothing was expected behind '{FiguresKey}'.");
        }

        return checksum == Convert.ToHexStringLower(SHA256.HashData(body))
            ? body
            : throw new JsonException("Its figures do not fit their checksum.");
    }

    private static SortedDictionary<int, EvaluationFigures> Figures(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        FiguresJson.ExpectObject(ref json);
        var figures = new SortedDictionary<int, EvaluationFigures>();
        while (FiguresJson.NextProperty(ref json) is { } trial)
        {
            figures[int.Parse(trial, NumberStyles.None, CultureInfo.InvariantCulture)] = EvaluationJson.Read(ref json);
        }

        return figures;
    }
}
