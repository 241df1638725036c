namespace Evenhand.Configuration;

/// <summary>What an assembly adds to Evenhand. An experiment file that names the assembly under <c>extensions</c> gets
/// the classes of it that implement this.</summary>
/// <remarks>The class is public and has a public constructor without parameters.</remarks>
public interface IEvenhandExtension
{
    /// <summary>Adds the learners, mitigations, metrics and others of the assembly.</summary>
    /// <param name="registry">Takes them; it holds what is built in already.</param>
    /// <exception cref="InputException">An entry has the name of another one.</exception>
    void Register(Registry registry);
}
