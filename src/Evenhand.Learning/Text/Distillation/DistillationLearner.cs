using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Text.FastText;
using Evenhand.Learning.Text.LogisticRegression;

namespace Evenhand.Learning.Text.Distillation;

/// <summary>Teaches a small model of texts what a large one has learned: the student is fitted to the probabilities
/// that the teacher gives the training texts.</summary>
/// <remarks>
/// <para>G. Hinton, O. Vinyals, J. Dean, "Distilling the knowledge in a neural network", 2015. The target of a row is
/// <c>q = (1 - a) y + a p(T)</c>, with its label y, the share a, and the teacher's probabilities p at temperature T
/// (eq. 1). Hinton's student has the temperature of the teacher while it learns; here it has 1 at all times, so that
/// any learner can be a student.</para>
/// <para>The student reads each text once for each of its classes, with a weight of q times the row's. The sum of its
/// losses is that of the soft target, for every loss that is a sum over rows. The labels of multi-label texts become
/// nested sets, in which each label has its own q.</para>
/// <para>Rows without a label teach the student too, with the teacher's word alone. With several folds no teacher tells
/// rows that it was fitted on (T. Dao, G. M. Kamath, V. Syrgkanis, L. Mackey, "Knowledge distillation as
/// semiparametric inference", ICLR 2021, section 4).</para>
/// <para>The model is the student's: it predicts, explains itself and is kept in a file as if it had been fitted alone.
/// A mitigation within the learner is the student's matter.</para>
/// </remarks>
public sealed class DistillationLearner : Learner<DistillationOptions>
{
    /// <summary>The roles of the members, in order.</summary>
    internal static readonly string[] Roles = ["teacher", "student"];

    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.OfMembers<DistillationOptions>(
        Name,
        "A small model of texts that is fitted to what a large one says of the training texts.",
        TaskKinds.Texts,
        (options, members) => new DistillationLearner(options, members[0], members[1]),
        _ => throw new InputException(
            $"A model of '{Name}' is kept as the model of the student that it is."),
        [FastTextModel.Name, LogisticRegressionModel.Name],
        Roles);

    internal const string Name = "distilled";

    /// <summary>A student and its teacher.</summary>
    /// <param name="options">How the student is taught.</param>
    /// <param name="teacher">A learner of text classifiers.</param>
    /// <param name="student">Another one.</param>
    public DistillationLearner(DistillationOptions options, Learner teacher, Learner student)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(student);
        Teacher = teacher;
        Student = student;
    }

    /// <summary>Who is asked.</summary>
    public Learner Teacher { get; }

    /// <summary>Who is fitted to the answers.</summary>
    public Learner Student { get; }

    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) => Student.Supports(mitigation);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        TrainingColumns.Text(train, Name);
        TrainingColumns.Weights(train);
        context.CancellationToken.ThrowIfCancellationRequested();
        var labelled = Enumerable.Range(0, train.RowCount).Where(row => train.Label?.IsMissing(row) != true).ToArray();
        var labels = RowLabels.Of(train.Select(labelled), Name);
        var targets = new SoftTargets(labels.Classes, train.RowCount);
        var folds = Math.Min(Options.NumberOfFolds, labelled.Length);
        Teach(train, labelled, targets, folds, context);
        targets.Soften(Options.Temperature);
        for (var i = 0; i < labelled.Length; i++)
        {
            targets.Mix(labelled[i], labels.Of(i), 1 - Options.SoftShare);
        }

        // The seeds are those of a fit without a teacher: where the teacher is always right, so is the model.
        var model = Student.Fit(
            targets.Expand(train, Options.MinimumShare),
            context with { Progress = null, CheckpointFolder = FolderOf("student", context) });
        context.Progress?.Invoke(new WorkProgress(folds + 1, folds + 1, "fits"));
        return model;
    }

    private void Teach(Dataset train, int[] labelled, SoftTargets targets, int folds, FitContext context)
    {
        var order = context.Seeds.Fork("folds").CreateRandom().NextPermutation(labelled.Length);
        var foldOf = new int[train.RowCount];
        Array.Fill(foldOf, -1);
        for (var i = 0; i < order.Length; i++)
        {
            foldOf[labelled[order[i]]] = i % folds;
        }

        for (var fold = 0; fold < folds; fold++)
        {
            var learned = folds == 1 ? labelled : Array.FindAll(labelled, row => foldOf[row] != fold);
            var told = Enumerable.Range(0, train.RowCount).Where(row => foldOf[row] < 0 || foldOf[row] == fold).ToArray();
            var part = string.Create(CultureInfo.InvariantCulture, $"teacher/{fold}");
            var own = context with
            {
                Seeds = context.Seeds.Fork(part),
                Progress = null,
                Listener = null,
                Mitigation = null,
                CheckpointFolder = FolderOf(part, context),
            };
            var teacher = Teacher.Fit(train.Select(learned), own);
            using (teacher as IDisposable)
            {
                // A row without a label is told by all teachers, and its target is their mean.
                targets.Add(
                    told,
                    teacher.Predict(train.Select(told), context.CancellationToken),
                    row => foldOf[row] < 0 ? 1.0 / folds : 1,
                    Teacher);
            }

            context.Progress?.Invoke(new WorkProgress(fold + 1, folds + 1, "fits"));
        }
    }

    // Teachers and student keep their states apart.
    private static string? FolderOf(string part, FitContext context) =>
        context.CheckpointFolder is { } folder ? Directory.CreateDirectory(Path.Combine(folder, part)).FullName : null;
}
