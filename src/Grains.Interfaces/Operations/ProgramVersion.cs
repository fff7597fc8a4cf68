using System.Reflection;

namespace JubileeVerse.Operations;

/// <summary>The version of the program, such as <c>1.2.3</c> or <c>1.2.3-beta</c>, without the commit.</summary>
public static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
