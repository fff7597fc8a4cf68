using System.Text.RegularExpressions;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Architecture.Tests;

/// <summary>
/// A switch over frames has a default for the types of a later version. Without a test, a new type of this version would get the default
/// too.
/// </summary>
public sealed partial class FrameSwitchTests
{
    [Theory]
    [InlineData("src/Grains/Realtime/Channels/FrameSize.cs", "TextLength(ChannelFrame? frame)")]
    [InlineData("src/Gateway/Realtime/Feeds/ChannelLog.cs", "Apply(ChannelFrame frame)")]
    [InlineData("src/Gateway/Realtime/Feeds/ChannelReplies.cs", "Apply(ChannelFrame frame)")]
    public void Switch_NamesEachFrameOfAChannel(string path, string method)
    {
        var body = BodyOf(path, method);
        var missing = FrameTypes.All
            .Where(type => type.IsSubclassOf(typeof(ChannelFrame)) && !Regex.IsMatch(body, $@"\b{type.Name}\b"))
            .Select(type => type.Name);

        Assert.Empty(missing);
    }

    /// <summary>The code of a method without its comments.</summary>
    private static string BodyOf(string path, string method)
    {
        var code = Comment().Replace(Repository.Read(path), "");
        var start = code.IndexOf(method, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{path} must contain {method}.");
        return code[start..code.IndexOf("\n    }", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
