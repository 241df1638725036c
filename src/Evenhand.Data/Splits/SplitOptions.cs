using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Data.Splits;

/// <summary>How a data set is split into train, validation and test parts.</summary>
public sealed record SplitOptions : IOptionsRecord
{
    /// <summary>How rows are dealt out.</summary>
    /// <value>random</value>
    public SplitStrategy Strategy { get; init; } = SplitStrategy.Random;

    /// <summary>Share of rows for training (random, stratified, per-user, time). The three shares add up to
    /// 1.</summary>
    /// <value>0.8</value>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Train { get; init; } = 0.8;

    /// <summary>Share of rows for validation (random, stratified, per-user, time).</summary>
    /// <remarks>With given files but no validation file, validation / (train + validation) of the train file's
    /// rows.</remarks>
    /// <value>0.1</value>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Validation { get; init; } = 0.1;

    /// <summary>Share of rows for the test (random, stratified, per-user, time).</summary>
    /// <value>0.1</value>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Test { get; init; } = 0.1;

    /// <summary>Groups whose mix with the label is kept (stratified); null stands for all groups of the data.</summary>
    /// <value>all groups</value>
    public IReadOnlyList<string>? StratifyBy { get; init; }

    /// <summary>Rows of each user that are held out (leave-k-out, and user-k-fold without a fraction).</summary>
    /// <value>1</value>
    [Range(1, 1_000_000)]
    public int K { get; init; } = 1;

    /// <summary>Which of a user's rows are held out (leave-k-out, user-k-fold, per-user).</summary>
    /// <value>random</value>
    public HoldOutOrder Order { get; init; } = HoldOutOrder.Random;

    /// <summary>Number of folds into which the users are dealt (user-k-fold).</summary>
    /// <value>5</value>
    [Range(2, 1_000)]
    public int Folds { get; init; } = 5;

    /// <summary>The fold, from 0, whose users are tested (user-k-fold); the next fold's users validate.</summary>
    /// <value>0</value>
    [Range(0, 999)]
    public int Fold { get; init; }

    /// <summary>Fraction of a validation or test user's rows that is held out (user-k-fold), in the place of
    /// <see cref="K"/> rows.</summary>
    /// <value>none: k rows</value>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? Fraction { get; init; }

    /// <summary>File with the train rows (files).</summary>
    /// <value>none</value>
    public string? TrainFile { get; init; }

    /// <summary>File with the validation rows (files); without it they are carved at random from the train
    /// file.</summary>
    /// <value>none</value>
    public string? ValidationFile { get; init; }

    /// <summary>File with the test rows (files).</summary>
    /// <value>none</value>
    public string? TestFile { get; init; }

    /// <summary>Says what is wrong with the values, or does nothing.</summary>
    /// <exception cref="InputException">A value is outside its range, the shares do not add up to 1, the fold is not
    /// one of the folds, or a file that the strategy needs is not named. The message holds one line for each
    /// problem.</exception>
    public void Check() => OptionsValidator.Check(this, "split");

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Contradictions() => SplitProblems.Of(this);
}
