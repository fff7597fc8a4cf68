using System.Text.RegularExpressions;

namespace JubileeVerse.Bench.Cluster.Model;

/// <summary>What tells the questions of a run from one another: <c>#scenario.person.turn#</c>.</summary>
internal static partial class QuestionMark
{
    public static string Of(string run, int person, int turn) => $"{run}.{person}.{turn}";

    public static string Ask(string mark) => $"#{mark}# What would you plant in a small garden by the sea?";

    public static string Find(string question) => Pattern().Match(question).Groups[1].Value;

    [GeneratedRegex("#([^#]+)#")]
    private static partial Regex Pattern();
}
