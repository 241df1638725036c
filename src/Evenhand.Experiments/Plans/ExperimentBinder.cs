using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Checks;
using Evenhand.Experiments.Extensions;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Plans;

/// <summary>Makes the plan of an experiment from its text: binds it, resolves what it names, and checks it.</summary>
internal static class ExperimentBinder
{
    /// <summary>The plan.</summary>
    /// <param name="file">The text.</param>
    /// <param name="registry">What names stand for, besides the extensions that the text names.</param>
    /// <param name="extensions">How assemblies are loaded.</param>
    /// <exception cref="InputException">Something is wrong: one line for each problem.</exception>
    public static ExperimentPlan Bind(ExperimentFile file, Registry registry, ExtensionSource extensions)
    {
        var problems = new YamlProblems { IsFormer = file.IsFormer };
        var root = file.ToYaml(problems);

        // What the names of the file stand for is known when its extensions are.
        var records = new List<ExtensionRecord>();
        problems.Registry = AddExtensions(file, root, registry, extensions, records, problems);
        problems.ThrowIfAny();
        if (YamlBinder.Bind<Experiment>(root, problems) is not { } experiment)
        {
            throw problems.ToException();
        }

        var source = new DataSource(experiment, file);
        ExperimentChecks.Check(experiment, source, root, problems);
        problems.ThrowIfAny();
        return new ExperimentPlan(experiment, file, source, problems.Registry, records);
    }

    private static Registry AddExtensions(
        ExperimentFile file,
        YamlElement root,
        Registry registry,
        ExtensionSource extensions,
        List<ExtensionRecord> records,
        YamlProblems problems)
    {
        foreach (var item in root.Kind == YamlKind.Mapping ? root.Find("extensions")?.Value.Items ?? [] : [])
        {
            try
            {
                (registry, var record) = extensions.Add(file.Resolve(item.Text), registry);
                records.Add(record);
            }
            catch (InputException e)
            {
                problems.Add(item, e.Message);
            }
        }

        return registry;
    }
}
