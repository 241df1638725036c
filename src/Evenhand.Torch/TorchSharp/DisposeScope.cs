namespace TorchSharp;

/// <summary>Disposes, at its end, of the tensors that were made in it on its thread and not moved out of it.</summary>
/// <remarks>Scopes nest. A tensor made where there is no scope lives until it is disposed of.</remarks>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager;
    private bool ended;

    internal DisposeScope(DisposeScopeManager manager)
    {
        this.manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    /// <summary>Number of tensors that the scope would dispose of now.</summary>
    public int DisposablesCount => Members().Count;

    /// <summary>The tensors that the scope would dispose of now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. Members()];

    internal DisposeScope? OuterScope { get; set; }

    internal HashSet<IDisposable> Disposables { get; private set; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gives a tensor to the scope around this one; without one, nobody disposes of it.</summary>
    /// <returns>The tensor.</returns>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        MoveToOther(OuterScope, [disposable]);
        return disposable;
    }

    /// <summary>Gives tensors to the scope around this one; without one, nobody disposes of them.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, disposables);

    /// <inheritdoc cref="MoveToOuter(IDisposable[])"/>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Gives tensors to another scope; without one, nobody disposes of them. What is not in this scope stays
    /// where it is.</summary>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        ArgumentNullException.ThrowIfNull(disposables);
        if (scope is null)
        {
            Detach(disposables);
            return;
        }

        foreach (var disposable in disposables)
        {
            if (Members().Remove(disposable))
            {
                scope.Add((torch.Tensor)disposable);
            }
        }
    }

    /// <summary>Takes a tensor out of the scope; nobody disposes of it from here on.</summary>
    /// <returns>The tensor.</returns>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Detach([disposable]);
        return disposable;
    }

    /// <summary>Takes tensors out of the scope; nobody disposes of them from here on.</summary>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="Detach(IDisposable[])"/>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        ArgumentNullException.ThrowIfNull(disposables);
        foreach (var disposable in disposables)
        {
            if (Members().Remove(disposable))
            {
                manager.StatisticsInstance.TensorStatistics.DetachedFromScopeCount++;
                ((torch.Tensor)disposable).OwningDisposeScope = null;
            }
        }
    }

    /// <summary>Takes a tensor into the scope, out of the one that it was in.</summary>
    public void Attach(IDisposable disposable) => Attach([disposable]);

    /// <summary>Takes tensors into the scope, out of those that they were in.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        IDisposable[] all = [.. disposables];
        _ = Members();
        foreach (var disposable in all)
        {
            var tensor = (torch.Tensor)disposable;
            if (tensor.OwningDisposeScope != this)
            {
                tensor.OwningDisposeScope?.Disposables.Remove(tensor);
                Add(tensor);
                manager.StatisticsInstance.TensorStatistics.AttachedToScopeCount++;
            }
        }

        return all;
    }

    /// <summary>Whether the scope would dispose of the tensor.</summary>
    public bool Contains(IDisposable disposable) => Disposables.Contains(disposable);

    /// <summary>Disposes of all tensors in the scope, which goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes of all tensors in the scope but some; the scope goes on.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var before = Members();
        var kept = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        kept.IntersectWith(before);
        Disposables = kept;
        foreach (var disposable in before)
        {
            if (!kept.Contains(disposable))
            {
                disposable.Dispose();
            }
        }
    }

    /// <summary>Disposes of all tensors in the scope but one; the scope goes on.</summary>
    /// <returns>The tensor that was kept.</returns>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    /// <summary>Disposes of all tensors in the scope, and ends it.</summary>
    public void Dispose()
    {
        if (!ended)
        {
            DisposeEverything();
            manager.Remove(this);
            ended = true;
        }
    }

    internal void Add(torch.Tensor tensor)
    {
        Disposables.Add(tensor);
        tensor.OwningDisposeScope = this;
    }

    // A new tensor that took over what another had takes its place in the scope as well.
    internal void Replace(torch.Tensor original, torch.Tensor replacement)
    {
        Disposables.Remove(original);
        original.OwningDisposeScope = null;
        Add(replacement);
    }

    private HashSet<IDisposable> Members()
    {
        ObjectDisposedException.ThrowIf(ended, this);
        return Disposables;
    }
}
