using System.Text.Json;
using System.Text.Json.Serialization;
using Evenhand.Data.Columns;
using Evenhand.Data.Fetching;
using Evenhand.Data.Summary;

namespace Evenhand.Cli.Output;

/// <summary>The JSON form of what <c>data</c> commands print: camelCase, enumerations as words.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(SideConverter), typeof(RolesConverter)],
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(DatasetSummary))]
[JsonSerializable(typeof(IReadOnlyList<DataSetEntry>))]
[JsonSerializable(typeof(FetchResult))]
internal sealed partial class SummaryJson : JsonSerializerContext;

/// <summary>One known data set, as <c>data list</c> shows it.</summary>
/// <param name="Name">Name for an experiment's <c>source</c>.</param>
/// <param name="Title">What it is.</param>
/// <param name="Tasks">What it is good for.</param>
/// <param name="NotYet">Those of the tasks that no experiment can have yet.</param>
/// <param name="Groups">Attributes by which fairness can be measured.</param>
/// <param name="Present">Whether its files are in the data root.</param>
/// <param name="Licence">Terms of use.</param>
internal sealed record DataSetEntry(
    string Name,
    string Title,
    IReadOnlyList<string> Tasks,
    IReadOnlyList<string> NotYet,
    IReadOnlyList<string> Groups,
    bool Present,
    string Licence);

internal sealed class SideConverter() : JsonStringEnumConverter<GroupSide>(JsonNamingPolicy.CamelCase);

internal sealed class RolesConverter() : JsonStringEnumConverter<ColumnRoles>(JsonNamingPolicy.CamelCase);
