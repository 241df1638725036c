using FsCheck;

namespace Evenhand.Tuning.Tests;

/// <summary>How properties are checked: quietly, and with the same cases at every run.</summary>
internal static class Checks
{
    public static Config Config { get; } = Config.QuickThrowOnFailure
        .WithMaxTest(200)
        .WithReplay(new Replay(new Rnd(20260504, 17), null))
        .WithQuietOnSuccess(true);
}
