using Evenhand.Configuration;
using Evenhand.Data.Identity.Lexicons;
using Evenhand.Experiments.Predicting;

namespace Evenhand.Experiments.Auditing;

/// <summary>Which columns of a predictions file hold what, and what to compute.</summary>
public sealed record AuditOptions
{
    /// <summary>Column of the true labels.</summary>
    public required string Label { get; init; }

    /// <summary>Column of the predictions: decisions for classes or sets of labels, numbers for ratings.</summary>
    public required string Prediction { get; init; }

    /// <summary>Column of the scores or probabilities of the positive class. Of several classes or labels what the
    /// names of the columns of their probabilities begin with: <c>probability</c> for
    /// <c>probability-neutral</c>.</summary>
    /// <value>none</value>
    public string? Score { get; init; }

    /// <summary>Columns of the group attributes. With several, their crossings are reported too.</summary>
    /// <value>empty: groups are those of <see cref="Identity"/></value>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Column of the texts, for <see cref="Identity"/>.</summary>
    /// <value>none</value>
    public string? Text { get; init; }

    /// <summary>Lexicons of identity terms (<c>gender</c>, or the path of one of your own): groups by what texts
    /// mention. They are not crossed.</summary>
    /// <value>empty</value>
    public IReadOnlyList<string> Identity { get; init; } = [];

    /// <summary>Language of the lexicons that come with the program.</summary>
    /// <value>en</value>
    public string Language { get; init; } = LexiconFile.DefaultLanguage;

    /// <summary>Names of metrics and fairness metrics.</summary>
    /// <value>empty: all that fit the columns</value>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>The value of the label and prediction columns that counts as positive.</summary>
    /// <value>none: that of a pair that everybody reads alike: 1 of 0 and 1 or of -1 and 1, true, yes, positive, t,
    /// y</value>
    public string? Positive { get; init; }

    /// <summary>Whether the columns hold classes although these are written as numbers.</summary>
    /// <value>false: numbers other than -1, 0 and 1 are ratings</value>
    public bool AsClasses { get; init; }

    /// <summary>What stands between the labels of a row, where it has any number of them; an empty field is a row
    /// without labels.</summary>
    /// <value>none: a row has one class</value>
    public string? Separator { get; init; }

    /// <summary>How the file is written.</summary>
    /// <value>as its name and the file itself tell</value>
    public InputForm Form { get; init; } = new();

    /// <summary>Bootstrap resamples for bounds; 0 for none.</summary>
    /// <value>1000</value>
    public int BootstrapSamples { get; init; } = 1000;

    /// <summary>Groups with fewer rows are reported and flagged, and left out of gaps.</summary>
    /// <value>30</value>
    public int MinimumGroupSize { get; init; } = 30;

    /// <summary>Seed of the bootstrap.</summary>
    /// <value>0</value>
    public long Seed { get; init; }

    /// <summary>Told how many resamples are done, by any thread.</summary>
    /// <value>none</value>
    public Action<WorkProgress>? Progress { get; init; }

    /// <summary>The columns that are read in any case.</summary>
    internal IEnumerable<string> Columns =>
        [Label, Prediction, .. Text is null ? Array.Empty<string>() : [Text], .. Groups];
}
