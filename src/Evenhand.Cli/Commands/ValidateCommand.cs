using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Plans;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand validate FILE</c>: finds what is wrong in an experiment file without running it.</summary>
internal static class ValidateCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var file = RunCommand.FileArgument();
        var set = SharedOptions.Set();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("validate", "Check an experiment file without running it.") { file, set, data, json };
        command.SetAction(parsed =>
        {
            var plan = ExperimentPlan.Load(
                parsed.GetRequiredValue(file),
                registry.Value,
                SharedOptions.Pairs(parsed.GetValue(set) ?? []),
                parsed.GetValue(data));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(output, writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("experiment", plan.Experiment.Name);
                    writer.WriteString("task", plan.Experiment.TaskName);
                    writer.WriteBoolean("valid", true);
                    writer.WriteString("objective", plan.ObjectiveFacts.Text);
                    writer.WriteNumber("parameters", plan.Learners.Space.Parameters.Count);
                    writer.WriteEndObject();
                });
            }
            else
            {
                output.WriteLine($"{parsed.GetRequiredValue(file)} is valid: {plan.Experiment.Name}, "
                    + $"{plan.Experiment.TaskName}, {plan.ObjectiveFacts.Text}, "
                    + $"{plan.Learners.Space.Parameters.Count} parameters to search.");
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
