using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Objectives;

/// <summary>A trial with its place.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Rank">Place counted from 1; every trial has its own.</param>
/// <param name="Standing">Class of the trial.</param>
/// <param name="OnParetoFront">Whether no other trial is as good in every goal and better in one.</param>
public sealed record RankedTrial(FinishedTrial Trial, int Rank, TrialStanding Standing, bool OnParetoFront);
