namespace JubileeVerse.Upgrade;

/// <summary>The calls of a new gateway to a silo of either version.</summary>
internal static class Conversation
{
    public static async Task RunAsync(ILetterGrain grain, TextWriter output)
    {
        var result = await grain.SendAsync(new Letter("from new", LetterKind.Urgent) { Seal = "blue", Stamp = new Stamp(95) });
        await output.WriteLineAsync(
            $"letter: {result.Text}; kind {(int)result.Kind}; seal {result.Seal ?? "none"}; stamp {result.Stamp?.Cents ?? 0}");
        try
        {
            await output.WriteLineAsync($"count: {await grain.CountAsync()}");
        }
        catch (Exception exception)
        {
            // A call of a method that the silo does not have yet fails at once.
            await output.WriteLineAsync($"count: {exception.GetType().Name}");
        }
    }
}
