using System.Globalization;
using Evenhand.Fuzz;

// fuzz KIND [CASES [SEED]]: mutated inputs of one kind, or of all, in processes that are watched. Exit code 1 where a
// fault was found. fuzz worker ... is what those processes run; fuzz one KIND SEED INDEX shows a case and what it
// prints.
const int Usage = 2;
var kinds = new Dictionary<string, CaseSource>
{
    ["experiments"] = new ExperimentCases(),
    ["data"] = new DataCases(),
    ["models"] = new ModelCases(),
    ["stores"] = new StoreCases(),
};

switch (args)
{
    case ["worker", var kind, var seed, var first, var last, var root]:
        await new Worker(kinds[kind], Number(seed), root).RunAsync(Number(first), Number(last));
        return 0;
    case ["one", var kind, var seed, var index] when kinds.ContainsKey(kind):
        return await Campaign.ShowAsync(kinds[kind], Number(seed), Number(index));
    case [var kind, ..] when kind == "all" || kinds.ContainsKey(kind):
        var clean = true;
        foreach (var (name, source) in kinds.Where(k => kind == "all" || k.Key == kind))
        {
            var cases = args.Length > 1 ? Number(args[1]) : source.Cases;
            clean &= await new Campaign(name, source, args.Length > 2 ? Number(args[2]) : 1).RunAsync(cases);
        }

        return clean ? 0 : 1;
    default:
        Console.Error.WriteLine($"usage: fuzz <all|{string.Join('|', kinds.Keys)}> [cases [seed]]");
        Console.Error.WriteLine($"       fuzz one <{string.Join('|', kinds.Keys)}> SEED INDEX");
        return Usage;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
