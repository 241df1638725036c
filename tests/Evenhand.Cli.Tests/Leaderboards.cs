using System.Text.Json.Nodes;

namespace Evenhand.Cli.Tests;

/// <summary>Leaderboards as JSON, made comparable.</summary>
internal static class Leaderboards
{
    /// <summary>The leaderboard without what differs between two runs that did the same.</summary>
    /// <param name="json">The leaderboard.</param>
    /// <param name="tests">Whether test figures stay: a resumed study also keeps those of its earlier
    /// finalists.</param>
    public static string WithoutSeconds(string json, bool tests = true)
    {
        var leaderboard = JsonNode.Parse(json)!;
        foreach (var trial in leaderboard["trials"]!.AsArray())
        {
            trial!.AsObject().Remove("seconds");
            trial.AsObject().Remove("cost");
            if (!tests)
            {
                trial.AsObject().Remove("test");
            }
        }

        return leaderboard.ToJsonString();
    }
}
