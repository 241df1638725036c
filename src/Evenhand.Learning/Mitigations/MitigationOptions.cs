using Evenhand.Configuration;

namespace Evenhand.Learning.Mitigations;

/// <summary>Base of the options of all mitigations. Besides numbers, truth values and enumerations they may hold names
/// of group attributes (<see cref="GroupNameAttribute"/>).</summary>
public abstract record MitigationOptions : OptionsRecord;
