using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Loading;

/// <summary>Data of the user's own, described inside another file instead of in a descriptor file.</summary>
public static class OwnData
{
    /// <summary>Checks what a descriptor says, beyond keys and types: columns that nothing has, bands that do not
    /// ascend.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="section">The node that holds its sections, <c>rows</c> and others.</param>
    /// <param name="problems">Takes everything that is wrong, with its place.</param>
    public static void Check(this DatasetDescriptor descriptor, YamlElement section, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(problems);
        DescriptorChecks.CheckSections(descriptor, section, problems);
    }

    /// <summary>Checks a label that is put in the place of a data set's own.</summary>
    /// <param name="descriptor">The data set.</param>
    /// <param name="label">The label.</param>
    /// <param name="problems">Takes everything that is wrong, at the place of the label.</param>
    public static void CheckLabel(this DatasetDescriptor descriptor, LabelDescriptor label, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(problems);
        LabelChecks.Check(
            label,
            DescriptorChecks.RowColumns(descriptor),
            (key, message) => problems.Add(label.Place, $"data.label.{key}: {message}"));
    }

    /// <summary>Checks that the files of a data set are there, without reading them.</summary>
    /// <param name="descriptor">The data set.</param>
    /// <param name="dataRoot">The folder of the data sets; null to look for it where <see cref="DataRoot"/>
    /// does.</param>
    /// <exception cref="InputException">One is not there; the message says how to get it.</exception>
    public static void RequireFiles(this DatasetDescriptor descriptor, string? dataRoot)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        _ = new DatasetFiles(descriptor, new LoadOptions { DataRoot = dataRoot });
    }
}
