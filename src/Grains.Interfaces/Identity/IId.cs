namespace JubileeVerse.Identity;

/// <summary>A strongly typed identifier: a UUIDv7 with parsing and formatting.</summary>
public interface IId<TSelf> : IParsable<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);

    static TSelf New(TimeProvider time) => TSelf.From(Guid.CreateVersion7(time.GetUtcNow()));

    static TSelf ParseText(string text) => TryParseText(text, out var id)
        ? id
        : throw new FormatException(
            $"'{text}' is not a {typeof(TSelf).Name}: expected a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057.");

    static bool TryParseText(string? text, out TSelf id)
    {
        var parsed = Guid.TryParseExact(text, "D", out var value) && value != Guid.Empty;
        id = parsed ? TSelf.From(value) : default;
        return parsed;
    }
}
