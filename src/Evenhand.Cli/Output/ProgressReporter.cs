using System.Diagnostics;
using System.Globalization;
using Evenhand.Configuration;

namespace Evenhand.Cli.Output;

/// <summary>Shows how far a run is: one line that is rewritten on a terminal, a plain line every few seconds
/// elsewhere.</summary>
/// <remarks>Writes to standard error, so that standard output holds results alone. Safe to call from many
/// threads.</remarks>
internal sealed class ProgressReporter(TextWriter error) : IDisposable
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly bool _terminal = ScreenWriter.IsTerminal(error);
    private readonly TextWriter _beneath = ScreenWriter.Beneath(error);
    private readonly Stopwatch _sinceShown = Stopwatch.StartNew();
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private string _phase = "";
    private int _width;

    /// <summary>Begins a phase, such as <c>reading ml-100k</c>; rate and time left are counted from here.</summary>
    public void Begin(string phase)
    {
        lock (_lock)
        {
            _phase = phase;
            _total.Restart();
        }
    }

    /// <summary>Shows progress if the last line is old enough, or if the work is done.</summary>
    /// <param name="progress">Units done.</param>
    /// <param name="note">Shown behind, such as the best value so far.</param>
    public void Report(WorkProgress progress, string note = "")
    {
        lock (_lock)
        {
            var interval = _terminal ? TerminalInterval : PlainInterval;
            var last = progress.Total > 0 && progress.Done >= progress.Total;
            if (_sinceShown.Elapsed < interval && !(last && _total.Elapsed > TimeSpan.FromSeconds(1)))
            {
                return;
            }

            _sinceShown.Restart();
            Show(Describe(progress, note));
        }
    }

    /// <summary>Writes a line that stays.</summary>
    public void Line(string text)
    {
        lock (_lock)
        {
            Clear();
            Write(error, $"{text}{error.NewLine}");
        }
    }

    /// <summary>Clears the rewritten line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            Clear();
        }
    }

    private string Describe(WorkProgress progress, string note)
    {
        var seconds = _total.Elapsed.TotalSeconds;
        var rate = progress.Done / Math.Max(seconds, 1e-9);
        var text = progress.Total > 0
            ? $"{_phase}: {progress.Done}/{progress.Total} {progress.Unit}"
            : $"{_phase}: {progress.Done} {progress.Unit}";
        text += $", {rate.ToString(rate < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)}/s";
        if (progress.Total > progress.Done && progress.Done > 0)
        {
            text += $", {Duration((progress.Total - progress.Done) / rate)} left";
        }

        return note.Length > 0 ? $"{text}, {note}" : text;
    }

    private void Show(string text)
    {
        if (!_terminal)
        {
            Write(error, $"{text}{error.NewLine}");
            return;
        }

        var room = Math.Max(20, SafeWidth() - 1);
        text = Printable.Line(text.Length > room ? text[..room] : text);
        Write(_beneath, $"\r{text.PadRight(_width)}");
        _width = text.Length;
    }

    private void Clear()
    {
        if (_terminal && _width > 0)
        {
            Write(_beneath, $"\r{new string(' ', _width)}\r");
            _width = 0;
        }
    }

    // Where nobody sees it any more, such as a terminal that was closed or a file on a full disk, the work goes on.
    private static void Write(TextWriter writer, string text)
    {
        try
        {
            writer.Write(text);
        }
        catch (IOException)
        {
        }
    }

    private static string Duration(double seconds) => seconds < 90
        ? $"{seconds.ToString("0", CultureInfo.InvariantCulture)} s"
        : $"{(seconds / 60).ToString("0", CultureInfo.InvariantCulture)} min";

    private static int SafeWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
