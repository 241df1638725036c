using Evenhand.Configuration.Randomness;
using Evenhand.Data.Splits;
using Evenhand.Learning;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Learning;

/// <summary>A model is the same, bit for bit, whatever rows the validation and the test part have.</summary>
public static class LeakConformance
{
    /// <summary>Fits a learner to the train part of every split, with what is around it, and compares the
    /// files.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="create">Makes the learner.</param>
    /// <param name="adapt">What becomes of a split before the fit; null for nothing.</param>
    public static void Check(TaskKind task, Func<Learner> create, Func<DataSplit, DataSplit>? adapt = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        foreach (var (strategy, original, changed) in LeakSamples.Splits(LabelOf(task)))
        {
            Assert.IsTrue(
                Fit(original).AsSpan().SequenceEqual(Fit(changed)), $"Rows of later parts show in the model: {strategy}.");
        }

        byte[] Fit(DataSplit split)
        {
            var model = create().Fit(
                (adapt is null ? split : adapt(split)).Train, new FitContext { Seeds = new SeedTree(11) });
            using var native = model as IDisposable;
            var path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.model");
            try
            {
                ModelFile.Save(model, path);
                return File.ReadAllBytes(path);
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>The column that a task predicts in <see cref="LeakSamples"/>.</summary>
    public static string LabelOf(TaskKind task) => task switch
    {
        TaskKind.RatingPrediction or TaskKind.TopN => "rating",
        TaskKind.MulticlassTextClassification or TaskKind.TabularMulticlassClassification => "class",
        TaskKind.MultiLabelTextClassification => "topics",
        _ => "recommended",
    };

    /// <summary>A learner of the catalogue that is quickly fitted, with members where it has any.</summary>
    public static Learner Create(LearnerDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return Create(descriptor, Quick(descriptor.CreateDefaultOptions()));
    }

    /// <summary>A learner of the catalogue with the given options, and members that are quickly fitted where it has
    /// any.</summary>
    public static Learner Create(LearnerDescriptor descriptor, LearnerOptions options)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return descriptor.Create(
            options,
            [.. descriptor.MemberExample.Select(name => Create(TestRegistry.Shared.Get<LearnerDescriptor>(name)))]);
    }

    /// <summary>The options with group attributes read, few passes, and whatever else keeps a fit short.</summary>
    public static T Quick<T>(T options)
        where T : notnull
    {
        foreach (var property in options.GetType().GetProperties())
        {
            object? value = property.Name switch
            {
                "UseGroupAttributes" or "UseItemsOfUser" or "UseReviewsOfItem" or "UseReviewsOfUser" => true,
                "NumberOfIterations" when property.PropertyType == typeof(int) => 8,
                "NumberOfEpochs" => 1,
                "ApproximationRank" => 4,
                "BatchSize" => 64,
                "HashBits" => 12,
                "HiddenSize" or "IntermediateSize" or "MaximumLength" => 16,
                "NumberOfLayers" => 1,
                "NumberOfHeads" => 2,
                "VocabularySize" => 300,
                _ => null,
            };
            if (value is not null && property.PropertyType == value.GetType())
            {
                property.SetValue(options, value);
            }
        }

        return options;
    }
}
