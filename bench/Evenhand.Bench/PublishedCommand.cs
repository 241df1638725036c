using System.Diagnostics;
using System.Globalization;

namespace Evenhand.Bench;

/// <summary>Publishes programs the way a release is: compiled ahead of time (ReadyToRun), the framework not
/// included.</summary>
internal static class PublishedCommand
{
    /// <summary>Publishes the <c>evenhand</c> command of this repository.</summary>
    /// <param name="folder">Where build outputs go; nothing is written into the repository's own.</param>
    /// <returns>Path of the program.</returns>
    public static string PublishEvenhand(string folder) =>
        Publish(Path.Combine(RepositoryRoot(), "src", "Evenhand.Cli", "Evenhand.Cli.csproj"), folder, "evenhand");

    /// <summary>Publishes a program that does nothing: the least that a start of .NET costs.</summary>
    /// <param name="folder">Where source and build outputs go; outside the repository, so that its settings do not
    /// count.</param>
    /// <returns>Path of the program.</returns>
    public static string PublishEmpty(string folder)
    {
        Directory.CreateDirectory(folder);
        var project = Path.Combine(folder, "empty.csproj");
        File.WriteAllText(project, """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "return 0;\n");
        return Publish(project, folder, "empty");
    }

    /// <summary>Runs a program to its end, its output thrown away.</summary>
    /// <returns>Seconds by the wall clock.</returns>
    public static double Time(string program, params string[] args)
    {
        var watch = Stopwatch.StartNew();
        Run(program, args);
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>The median.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Publish(string project, string folder, string name)
    {
        var output = Path.Combine(folder, "published");
        Run(
            "dotnet",
            [
                "publish", project, "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true",
                "--artifacts-path", Path.Combine(folder, "build"), "-o", output,
            ]);
        return Path.Combine(output, name);
    }

    private static void Run(string program, string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{program} {string.Join(' ', args)} ended with {process.ExitCode}.\n{output}"));
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Experiments.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The benchmarks do not lie in the repository.");
    }
}
