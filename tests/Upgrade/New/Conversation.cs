namespace JubileeVerse.Upgrade;

/// <summary>What a new gateway says to a silo of either version.</summary>
internal static class Conversation
{
    public static async Task HoldAsync(ILetterGrain grain, TextWriter output)
    {
        var back = await grain.SendAsync(new Letter("from new", LetterKind.Urgent) { Seal = "blue", Stamp = new Stamp(95) });
        await output.WriteLineAsync($"letter: {back.Text}; kind {(int)back.Kind}; seal {back.Seal ?? "none"}; stamp {back.Stamp?.Cents ?? 0}");
        try
        {
            await output.WriteLineAsync($"count: {await grain.CountAsync()}");
        }
        catch (Exception exception)
        {
            // What a caller of a method that is not there yet is told: an error, and at once.
            await output.WriteLineAsync($"count: {exception.GetType().Name}");
        }
    }
}
