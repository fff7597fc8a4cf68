using System.Reflection;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway;
using JubileeVerse.ServiceDefaults.Drain;
using JubileeVerse.Storage;

namespace JubileeVerse.Architecture.Tests;

/// <summary>The assemblies that the product consists of.</summary>
internal static class Assemblies
{
    public static Assembly Interfaces => typeof(IConversationGrain).Assembly;

    public static Assembly Grains => typeof(StorageOptions).Assembly;

    public static Assembly Gateway => typeof(GatewayHost).Assembly;

    public static Assembly ServiceDefaults => typeof(DrainState).Assembly;
}
