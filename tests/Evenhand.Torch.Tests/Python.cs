using System.Diagnostics;
using System.Text.Json;

namespace Evenhand.Torch.Tests;

/// <summary>Runs a script with Debian's python3-torch, and reads the JSON that it prints.</summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";
    private const string Start = "import json, sys, torch\ntorch.set_num_threads(1)\n";

    public static JsonElement Run(string script, object input)
    {
        if (!File.Exists(Interpreter))
        {
            Assert.Inconclusive("python3-torch is missing: apt-get install python3-torch");
        }

        var file = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(input));
            using var process = Process.Start(new ProcessStartInfo(Interpreter, ["-c", Start + script, file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var error = errors.GetAwaiter().GetResult();
            if (error.Contains("No module named 'torch'", StringComparison.Ordinal))
            {
                Assert.Inconclusive("python3-torch is missing: apt-get install python3-torch");
            }

            Assert.AreEqual(0, process.ExitCode, error);
            return JsonDocument.Parse(output).RootElement;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
