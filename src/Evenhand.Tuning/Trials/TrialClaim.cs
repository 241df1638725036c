using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Trials;

/// <summary>The last attempt at a trial that has not finished: somebody runs it, or did and came to no
/// result.</summary>
/// <param name="Number">Number of the trial.</param>
/// <param name="Attempt">How many times the trial was begun, counted from 1. What an attempt writes lies under both
/// numbers, so that two attempts never write the same file.</param>
/// <param name="Parameters">What is tried.</param>
/// <param name="IsHeld">Whether whoever made the claim has neither ended nor given it up.</param>
public sealed record TrialClaim(int Number, int Attempt, ParameterSet Parameters, bool IsHeld);
