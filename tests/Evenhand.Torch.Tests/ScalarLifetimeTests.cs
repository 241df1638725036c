using System.Reflection;
using System.Reflection.Emit;
using Evenhand.Torch.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests;

/// <summary>No compiled code but <see cref="TensorArithmetic"/>, which holds them, makes scalars of TorchSharp's, by
/// itself or by what it calls.</summary>
[TestClass]
public sealed class ScalarLifetimeTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Assembly TorchSharpAssembly = typeof(Scalar).Assembly;

    private static readonly Dictionary<ushort, OpCode> OperationsByCode = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(operation => (ushort)operation.Value);

    private static readonly HashSet<MethodBase> Makers = FindMakers();

    [TestMethod]
    public void TensorSum_ItsCode_IsFoundToMakeAScalar()
    {
        // What is looked for below is found: a conversion, and a method that does one deep inside.
        Assert.Contains(typeof(Tensor).GetMethod("op_Addition", [typeof(Tensor), typeof(Tensor)])!, Makers);
        Assert.Contains(typeof(Tensor).GetMethod(nameof(Tensor.square))!, Makers);
        Assert.DoesNotContain(typeof(Tensor).GetMethod("op_Multiply", [typeof(Tensor), typeof(Tensor)])!, Makers);
    }

    [TestMethod]
    [DataRow(typeof(TensorArithmetic), DisplayName = "Evenhand.Torch")]
    [DataRow(typeof(ScalarLifetimeTests), DisplayName = "Evenhand.Torch.Tests")]
    public void Assembly_ItsCode_MakesNoScalarThatNothingHolds(Type member)
    {
        string[] found =
        [
            .. from method in MethodsOf(member.Assembly)
               from called in CallsOf(method).SelectMany(WithForward)
               where Makers.Contains(called)
                   || (IsConversion(called) && method.DeclaringType != typeof(TensorArithmetic))
               select $"{method.DeclaringType}.{method.Name} calls {called.DeclaringType?.Name}.{called}",
        ];
        Assert.IsEmpty(found, string.Join('\n', found));
    }

    // Methods of TorchSharp's that make a scalar of their own on the way.
    private static HashSet<MethodBase> FindMakers()
    {
        var callers = (
            from method in MethodsOf(TorchSharpAssembly)
            where !IsConversion(method)
            from called in CallsOf(method)
            select (method, called)).ToLookup(call => call.called, call => call.method);
        var found = new HashSet<MethodBase>();
        var open = new Stack<MethodBase>(callers.Where(calls => IsConversion(calls.Key)).SelectMany(calls => calls));
        while (open.TryPop(out var method))
        {
            if (found.Add(method))
            {
                foreach (var caller in callers[method])
                {
                    open.Push(caller);
                }
            }
        }

        return found;
    }

    private static bool IsConversion(MethodBase method) => method is MethodInfo { ReturnType: var type }
        ? type == typeof(Scalar)
        : method.DeclaringType == typeof(Scalar);

    // Who makes a module of TorchSharp's calls its pass later, by the base class.
    private static IEnumerable<MethodBase> WithForward(MethodBase called)
    {
        var made = called is MethodInfo method ? method.ReturnType : called.DeclaringType!;
        return made.Assembly == TorchSharpAssembly && made.IsSubclassOf(typeof(nn.Module))
            ? made.GetMethods(All).Where(pass => pass.Name == "forward").Prepend(called)
            : [called];
    }

    private static IEnumerable<MethodBase> MethodsOf(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => type.GetMembers(All)).OfType<MethodBase>();

    // The methods whose tokens stand in a method's code.
    private static IEnumerable<MethodBase> CallsOf(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i < code.Length;)
        {
            // Codes of two bytes begin with this one.
            var operation = code[i] == 0xFE
                ? OperationsByCode[(ushort)((code[i++] << 8) | code[i++])]
                : OperationsByCode[code[i++]];
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineTok
                && method.Module.ResolveMember(
                    BitConverter.ToInt32(code, i),
                    method.DeclaringType?.GetGenericArguments(),
                    method.IsGenericMethod ? method.GetGenericArguments() : null) is MethodBase called)
            {
                yield return Definition(called);
            }

            i += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }

    // The method as it is written, apart from the types for which it is used.
    private static MethodBase Definition(MethodBase method) =>
        method.IsGenericMethod || method.DeclaringType is { IsGenericType: true }
            ? method.Module.ResolveMethod(method.MetadataToken)!
            : method;
}
