using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.TestKit;

/// <summary>Runs FsCheck properties quietly and from a fixed seed, so that a test run can be repeated.</summary>
public static class Properties
{
    private static readonly Config Configuration = Config.QuickThrowOnFailure
        .WithMaxTest(100)
        .WithQuietOnSuccess(true)
        .WithReplay(20_260_101UL, 314_159_265UL);

    /// <summary>Checks that the law throws nothing for generated values; a failure shows the smallest one
    /// found.</summary>
    public static void Check<T>(Gen<T> values, Action<T> law) =>
        Prop.ForAll(values.ToArbitrary(), law).Check(Configuration);
}
