namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>How learning rates change with time.</summary>
        public static class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimizer after each step or epoch.</summary>
            public abstract class LRScheduler
            {
                private readonly Optimizer optimizer;
                private readonly double[] initial;

                private protected LRScheduler(Optimizer optimizer, int last_epoch)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    this.optimizer = optimizer;
                    Epoch = last_epoch;
                    initial = [.. optimizer.ParamGroups.Select(g => g.InitialLearningRate)];
                }

                private protected int Epoch { get; private set; }

                /// <summary>The learning rates of the groups now.</summary>
                public IEnumerable<double> get_last_lr() => optimizer.ParamGroups.Select(g => g.LearningRate);

                /// <summary>Goes on by one, and sets the learning rates.</summary>
                public virtual void step() => step(Epoch + 1);

                /// <summary>Goes to a number of steps, and sets the learning rates.</summary>
                public virtual void step(int? epoch)
                {
                    Epoch = epoch ?? Epoch + 1;
                    var group = 0;
                    foreach (var controlled in optimizer.ParamGroups)
                    {
                        controlled.LearningRate = initial[group] * Factor(group);
                        group++;
                    }
                }

                // What the initial learning rate of a group is multiplied by now.
                private protected abstract double Factor(int group);
            }

            /// <summary>Multiplies the initial learning rates by a function of the number of steps.</summary>
            /// <param name="optimizer">Whose learning rates are set.</param>
            /// <param name="lr_lambda">The factor after so many steps.</param>
            /// <param name="last_epoch">Number of steps before; -1 at the start.</param>
            /// <param name="verbose">Not served: nothing is written.</param>
            public static LRScheduler LambdaLR(
                Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
            {
                ArgumentNullException.ThrowIfNull(lr_lambda);
                var schedule = new Lambda(optimizer, lr_lambda, last_epoch);
                schedule.step();
                return schedule;
            }

            private sealed class Lambda(Optimizer optimizer, Func<int, double> factor, int last_epoch)
                : LRScheduler(optimizer, last_epoch)
            {
                private protected override double Factor(int group) => factor(Epoch);
            }
        }
    }
}
