using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: parameters, buffers, and parts of its own, each under a name.</summary>
        /// <remarks>A derived class calls <see cref="RegisterComponents"/> at the end of its constructor; its fields
        /// are registered under their names. Disposing of a module disposes of its parameters and buffers.</remarks>
        public class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Module> submodules = [];
            private readonly OrderedDictionary<string, Parameter> ownParameters = [];
            private readonly OrderedDictionary<string, (Tensor Buffer, bool Persistent)> ownBuffers = [];
            private readonly string name;

            /// <summary>A module without parts.</summary>
            /// <param name="name">Name of the kind of module.</param>
            protected Module(string name) => this.name = name;

            /// <summary>Whether the module is being trained: dropout is only then.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>Name of the kind of module.</summary>
            public virtual string GetName() => name;

            /// <summary>Says whether the module is being trained, with all its parts.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, module) in submodules)
                {
                    module.train(train);
                }
            }

            /// <summary>Says that the module is not being trained, with all its parts.</summary>
            public virtual void eval() => train(false);

            /// <summary>Drops the gradients of all parameters, or fills them with zeros.</summary>
            public virtual void zero_grad(bool set_to_none = true) => ZeroGradients(parameters(), set_to_none);

            /// <summary>Calls a function with every part, and with this module at last.</summary>
            /// <returns>The module.</returns>
            public virtual Module apply(Action<Module> fn)
            {
                ArgumentNullException.ThrowIfNull(fn);
                foreach (var (_, module) in submodules)
                {
                    module.apply(fn);
                }

                fn(this);
                return this;
            }

            /// <summary>The parameters by name, each once; names of parts are joined by dots.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                Distinct(recurse, module => module.ownParameters.Select(p => (p.Key, p.Value)));

            /// <summary>The parameters, each once.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(p => p.parameter);

            /// <summary>The buffers by name, each once; names of parts are joined by dots.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true, bool include_nonpersistent = true) =>
                Distinct(
                    recurse,
                    module => module.ownBuffers
                        .Where(b => include_nonpersistent || b.Value.Persistent)
                        .Select(b => (b.Key, b.Value.Buffer)));

            /// <summary>The buffers, each once.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            /// <summary>The parts by name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() =>
                submodules.Select(m => (m.Key, m.Value));

            /// <summary>The parts.</summary>
            public virtual IEnumerable<Module> children() => submodules.Select(m => m.Value);

            /// <summary>The parts and their parts, by name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children())
                {
                    yield return child;
                    foreach (var (below, module) in child.module.named_modules())
                    {
                        yield return ($"{child.name}.{below}", module);
                    }
                }
            }

            /// <summary>The parts and their parts.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            /// <summary>Parameters and persistent buffers by name: what has to be saved.</summary>
            /// <param name="destination">Where they are added; a new dictionary where left out.</param>
            /// <param name="prefix">Stands before each name, with a dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var stem = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters())
                {
                    destination.TryAdd(stem + key, parameter);
                }

                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false))
                {
                    destination.TryAdd(stem + key, buffer);
                }

                return destination;
            }

            /// <summary>Copies saved elements into the parameters and buffers of the same names.</summary>
            /// <param name="source">The saved elements.</param>
            /// <param name="strict">Whether the names must be the same.</param>
            /// <param name="skip">Names that are left alone.</param>
            /// <returns>Names that were not saved, and saved names that are not here.</returns>
            /// <exception cref="InvalidOperationException">The names differ, and must not.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                skip ??= [];
                var destination = state_dict();
                List<string> missing = [.. destination.Keys.Where(k => !source.ContainsKey(k) && !skip.Contains(k))];
                List<string> unexpected = [.. source.Keys.Where(k => !destination.ContainsKey(k) && !skip.Contains(k))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The saved parameters are not those of the module: missing {string.Join(", ", missing)}; "
                        + $"unexpected {string.Join(", ", unexpected)}.");
                }

                using var mode = no_grad();
                foreach (var (key, saved) in source)
                {
                    if (!skip.Contains(key) && destination.TryGetValue(key, out var tensor))
                    {
                        tensor.copy_(saved);
                    }
                }

                return (missing, unexpected);
            }

            /// <summary>Adds a tensor that belongs to the module and is not trained.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="tensor">The tensor; it leaves its dispose scope.</param>
            /// <param name="persistent">Whether it is saved with the parameters.</param>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                CheckNew(name);
                ownBuffers[name] = (tensor.DetachFromDisposeScope(), persistent);
            }

            /// <summary>Adds a parameter.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="param">The parameter; it leaves its dispose scope.</param>
            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                CheckNew(name);
                param.DetachFromDisposeScope();
                ownParameters[name] = param;
            }

            /// <summary>Adds a part.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                CheckNew(name);
                submodules[name] = submodule;
            }

            /// <summary>Adds a part.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Disposes of the parameters and buffers, and of all parts.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Registers what the module has in fields: parameters, tensors as buffers, and modules, under the
            /// names of the fields or those that <see cref="ComponentNameAttribute"/> gives.</summary>
            protected virtual void RegisterComponents()
            {
                const BindingFlags Own =
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (var field in type.GetFields(Own))
                    {
                        var key = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                        if (ownParameters.ContainsKey(key) || ownBuffers.ContainsKey(key)
                            || submodules.ContainsKey(key))
                        {
                            continue;
                        }

                        switch (field.GetValue(this))
                        {
                            case Module module:
                                register_module(key, module);
                                break;
                            case Parameter parameter:
                                register_parameter(key, parameter);
                                break;
                            case Tensor tensor:
                                register_buffer(key, tensor);
                                break;
                        }
                    }
                }
            }

            /// <summary>Disposes of the parameters and buffers, and of all parts.</summary>
            /// <param name="disposing">Whether it is not the finalizer that calls.</param>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var (_, parameter) in ownParameters)
                {
                    parameter.Dispose();
                }

                foreach (var (_, (buffer, _)) in ownBuffers)
                {
                    buffer.Dispose();
                }

                foreach (var (_, module) in submodules)
                {
                    module.Dispose();
                }
            }

            // Parameters and buffers stay the same objects; only the memory behind them changes.
            internal void Move(ScalarType? dtype, Device? device)
            {
                if (dtype is { } type && !is_floating_point(type))
                {
                    throw new ArgumentException($"Modules are of floating-point types, not {type}.");
                }

                using var mode = no_grad();
                foreach (var tensor in parameters().Concat(buffers()))
                {
                    var wanted = dtype is { } set && tensor.is_floating_point() ? set : tensor.dtype;
                    tensor.MoveTo(wanted, device ?? tensor.device);
                }
            }

            private IEnumerable<(string, T)> Distinct<T>(bool recurse, Func<Module, IEnumerable<(string, T)>> own)
                where T : Tensor
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                return All(this, "").Where(found => seen.Add(found.Item2));

                IEnumerable<(string, T)> All(Module module, string prefix)
                {
                    foreach (var (key, tensor) in own(module))
                    {
                        yield return (prefix + key, tensor);
                    }

                    if (!recurse)
                    {
                        yield break;
                    }

                    foreach (var (key, child) in module.submodules)
                    {
                        foreach (var found in All(child, $"{prefix}{key}."))
                        {
                            yield return found;
                        }
                    }
                }
            }

            private void CheckNew(string key)
            {
                ArgumentException.ThrowIfNullOrEmpty(key);
                if (key.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"'{key}' is no name: dots join the names of parts.", nameof(key));
                }

                if (submodules.ContainsKey(key) || ownParameters.ContainsKey(key) || ownBuffers.ContainsKey(key))
                {
                    throw new InvalidOperationException($"The module has something called '{key}' already.");
                }
            }
        }

        /// <summary>A module that is called with one argument.</summary>
        public interface IModule<T, TResult>
        {
            /// <summary>Computes the result.</summary>
            TResult call(T input);
        }

        /// <summary>A module that is called with one argument.</summary>
        /// <param name="name">Name of the kind of module.</param>
        public abstract class Module<T, TResult>(string name) : Module(name), IModule<T, TResult>
        {
            /// <summary>What the module computes; call <see cref="call"/> instead.</summary>
            public abstract TResult forward(T input);

            /// <summary>Computes the result.</summary>
            public TResult call(T input) => forward(input);
        }

        /// <summary>A module that is called with two arguments.</summary>
        /// <param name="name">Name of the kind of module.</param>
        public abstract class Module<T1, T2, TResult>(string name) : Module(name)
        {
            /// <summary>What the module computes; call <see cref="call"/> instead.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Computes the result.</summary>
            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }

        /// <summary>A module that is called with three arguments.</summary>
        /// <param name="name">Name of the kind of module.</param>
        public abstract class Module<T1, T2, T3, TResult>(string name) : Module(name)
        {
            /// <summary>What the module computes; call <see cref="call"/> instead.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Computes the result.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3) => forward(input1, input2, input3);
        }

        /// <summary>A module that is called with four arguments.</summary>
        /// <param name="name">Name of the kind of module.</param>
        public abstract class Module<T1, T2, T3, T4, TResult>(string name) : Module(name)
        {
            /// <summary>What the module computes; call <see cref="call"/> instead.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            /// <summary>Computes the result.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4) => forward(input1, input2, input3, input4);
        }

        /// <summary>A parameter that takes over the tensor, which is as if disposed of from here on.</summary>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        internal static unsafe void ZeroGradients(IEnumerable<Parameter> parameters, bool setToNone)
        {
            Tensor[] all = [.. parameters];
            fixed (nint* first = Handles(all))
            {
                Interop.NativeError.ThrowIfFailed(Interop.NativeMethods.ZeroGrads(first, all.Length, setToNone ? 1
                    : 0));
            }

            GC.KeepAlive(all);
        }
    }

    public partial class Tensor
    {
        // Puts other memory behind the same object; a gradient goes along.
        internal void MoveTo(ScalarType type, Device target)
        {
            if (type == dtype && IsOn(target))
            {
                return;
            }

            var required = requires_grad;
            using var gradient = grad?.to(type, target, disposeAfter: true);
            using var moved = to(type, target).detach();
            Interop.NativeMethods.Release(Interlocked.Exchange(ref handle, moved.Disown()));
            requires_grad = required;
            if (gradient is not null)
            {
                grad = gradient;
            }
        }

        private nint Disown()
        {
            var taken = Interlocked.Exchange(ref handle, 0);
            DisposeScopeManager.ThreadSingleton.Disposing(this);
            return taken;
        }
    }
}

/// <summary>Moves modules to other types and devices.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts the parameters and buffers that have a fraction.</summary>
    /// <returns>The module.</returns>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module
    {
        module.Move(type, null);
        return module;
    }

    /// <summary>Moves the parameters and buffers.</summary>
    /// <returns>The module.</returns>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module
    {
        module.Move(null, device);
        return module;
    }

    /// <summary>Moves the parameters and buffers, and converts those that have a fraction.</summary>
    /// <returns>The module.</returns>
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module
    {
        module.Move(type, device);
        return module;
    }
}
