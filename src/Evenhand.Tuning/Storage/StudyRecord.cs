namespace Evenhand.Tuning.Storage;

/// <summary>What a storage knows of a study besides its trials.</summary>
/// <param name="Name">Unique in the storage; upper and lower case differ.</param>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Definition">The whole definition, such as the text of the experiment file: what a resumed study is
/// built from.</param>
/// <param name="Created">When the study was created.</param>
public sealed record StudyRecord(string Name, string Experiment, string Definition, DateTimeOffset Created);
