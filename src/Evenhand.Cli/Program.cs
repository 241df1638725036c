using System.Text;
using Evenhand.Cli;

// Into a file or pipe results go in large pieces, UTF-8 whatever the locale; on a terminal line by line.
using var file = Console.IsOutputRedirected
    ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16)
    : null;
return await CommandLineApplication.RunAsync(args, file ?? Console.Out, Console.Error);
