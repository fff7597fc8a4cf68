using System.Runtime.CompilerServices;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Web.Tests;

internal static class ModuleSettings
{
    [ModuleInitializer]
    internal static void Apply() => ShortLivedProcesses.SetEnvironment();
}
