using System.Collections;
using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules one after another; each takes what the one before it made.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.Module<Tensor, Tensor>> steps = [];

        internal Sequential()
            : base(nameof(Sequential))
        {
        }

        /// <summary>Number of modules.</summary>
        public int Count => steps.Count;

        /// <summary>The module at a place, from 0.</summary>
        public nn.IModule<Tensor, Tensor> this[int index] => steps[index];

        /// <summary>Adds a module under a name.</summary>
        /// <returns>The sequence.</returns>
        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            var step = (nn.Module<Tensor, Tensor>)module;
            register_module(name, step);
            steps.Add(step);
            return this;
        }

        /// <summary>Adds a module under its place.</summary>
        /// <returns>The sequence.</returns>
        public Sequential append(nn.IModule<Tensor, Tensor> module) =>
            append(steps.Count.ToString(CultureInfo.InvariantCulture), module);

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            ArgumentNullException.ThrowIfNull(input);
            if (steps.Count == 0)
            {
                return Interop.Operators.Alias.Call(input);
            }

            using var scope = NewDisposeScope();
            var last = input;
            foreach (var step in steps)
            {
                last = step.call(last);
            }

            return last.MoveToOuterDisposeScope();
        }
    }

    /// <summary>A list of modules, each a part under its place.</summary>
    /// <typeparam name="T">Kind of the modules.</typeparam>
    public class ModuleList<T> : nn.Module, IReadOnlyList<T>
        where T : nn.Module
    {
        private readonly List<T> list = [];

        /// <summary>A list of modules.</summary>
        public ModuleList(params T[] modules)
            : base("ModuleList") => append(modules);

        /// <summary>Number of modules.</summary>
        public int Count => list.Count;

        /// <summary>The module at a place, from 0.</summary>
        public T this[int index] => list[index];

        /// <summary>Adds a module at the end.</summary>
        public void Add(T item)
        {
            register_module(list.Count.ToString(CultureInfo.InvariantCulture), item);
            list.Add(item);
        }

        /// <summary>Adds modules at the end.</summary>
        public void append(params T[] parameters)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            foreach (var module in parameters)
            {
                Add(module);
            }
        }

        /// <inheritdoc/>
        public IEnumerator<T> GetEnumerator() => list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>No modules as yet: the result is the argument.</summary>
            public static Sequential Sequential() => new();

            /// <summary>Modules one after another, named by their places.</summary>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules)
            {
                ArgumentNullException.ThrowIfNull(modules);
                var sequence = new Sequential();
                foreach (var module in modules)
                {
                    sequence.append(module);
                }

                return sequence;
            }

            /// <summary>Modules one after another, under names.</summary>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules)
            {
                ArgumentNullException.ThrowIfNull(modules);
                var sequence = new Sequential();
                foreach (var (name, module) in modules)
                {
                    sequence.append(name, module);
                }

                return sequence;
            }

            /// <summary>A list of modules, each a part under its place.</summary>
            public static ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}
