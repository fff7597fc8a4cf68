using System.Text.RegularExpressions;

namespace JubileeVerse.Bench.Cluster.Model;

/// <summary>The mark that identifies a message of a run: <c>#scenario.person.turn#</c>.</summary>
internal static partial class MessageMark
{
    public static string Create(string run, int person, int turn) => $"{run}.{person}.{turn}";

    public static string MessageFor(string mark) => $"#{mark}# What would you plant in a small garden by the sea?";

    public static string Find(string message) => Pattern().Match(message).Groups[1].Value;

    [GeneratedRegex("#([^#]+)#")]
    private static partial Regex Pattern();
}
