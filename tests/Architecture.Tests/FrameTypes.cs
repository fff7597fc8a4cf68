using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Architecture.Tests;

/// <summary>The types of frames that the code declares.</summary>
internal static class FrameTypes
{
    public static IReadOnlyList<Type> All { get; } =
        [.. Assemblies.Interfaces.GetTypes().Where(type => type.IsSubclassOf(typeof(Frame)) && !type.IsAbstract)];
}
