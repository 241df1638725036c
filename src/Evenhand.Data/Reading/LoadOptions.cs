using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Data.Reading;

/// <summary>What happens to a row that cannot be read.</summary>
public enum BadRowPolicy
{
    /// <summary>Reading stops with an <see cref="InputException"/> that names file, line and column.</summary>
    Error,

    /// <summary>The row is left out, counted and listed in the <see cref="LoadReport"/>.</summary>
    Skip,
}

/// <summary>How a data set is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>The folder that holds the data sets.</summary>
    /// <value>Default: where <see cref="Evenhand.Data.Loading.DataRoot.Find"/> finds it.</value>
    public string? DataRoot { get; init; }

    /// <summary>What happens to a row that cannot be read.</summary>
    /// <value>Default: <see cref="BadRowPolicy.Error"/>.</value>
    public BadRowPolicy OnBadRow { get; init; }

    /// <summary>The group attributes that the data set carries, by side.</summary>
    /// <value>Default: all that the descriptor declares.</value>
    public IReadOnlyDictionary<GroupSide, IReadOnlyList<string>>? Groups { get; init; }

    /// <summary>The part of the data to read, such as <c>train</c>, where the descriptor tells parts.</summary>
    /// <value>Default: all parts; the column <c>part</c> says which. Filters that count or draw rows see what is
    /// read.</value>
    public string? Part { get; init; }

    /// <summary>Table formats besides those built in, by which <see cref="Evenhand.Data.Descriptors.TableFormat.Reader"/>
    /// is found.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<TableFormatDescriptor> Formats { get; init; } = [];

    /// <summary>Threads that may be used.</summary>
    /// <value>Default: 2. The result is the same with any number.</value>
    public int Threads { get; init; } = 2;

    /// <summary>Told now and then how many bytes are read.</summary>
    /// <value>Default: nobody is told.</value>
    public Action<WorkProgress>? Progress { get; init; }

    /// <summary>Stops the reading.</summary>
    /// <value>Default: it cannot be stopped.</value>
    public CancellationToken CancellationToken { get; init; }
}
