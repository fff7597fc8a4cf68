using System.Buffers.Binary;

namespace JubileeVerse.Queues.State;

/// <summary>
/// An id held for as long as its job is open. One shaped as a UUID is kept as its 16 bytes instead of a string of 96,
/// which is what lets a million waiting jobs fit; any other text is kept as it is. The default value is no id.
/// </summary>
internal readonly struct CompactId : IEquatable<CompactId>, IComparable<CompactId>
{
    private const int UuidLength = 36;
    private const int UuidBytes = 16;

    private readonly ulong _high;
    private readonly ulong _low;
    private readonly string? _text;

    /// <summary>Puts together what <see cref="Deconstruct"/> took apart.</summary>
    public CompactId(ulong high, ulong low, string? text)
    {
        _high = high;
        _low = low;
        _text = text;
    }

    public bool IsNone => _text is null && (_high | _low) == 0;

    public static CompactId Of(string? text)
    {
        if (text is null) return default;
        if (text.Length != UuidLength || !Guid.TryParseExact(text, "D", out var uuid) || uuid == Guid.Empty) return new(0, 0, text);

        // Upper case parses too, but is another id: only what prints the same may be packed.
        Span<char> printed = stackalloc char[UuidLength];
        uuid.TryFormat(printed, out _, "D");
        if (!printed.SequenceEqual(text)) return new(0, 0, text);

        Span<byte> bytes = stackalloc byte[UuidBytes];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), null);
    }

    public static CompactId Of(JobId id) => Of(id.Value);

    public JobId ToJobId() => new(ToString());

    /// <summary>For whoever holds very many, and the text, which few have, elsewhere.</summary>
    public void Deconstruct(out ulong high, out ulong low, out string? text) => (high, low, text) = (_high, _low, _text);

    /// <summary>UUIDs first, in the order of their text; then the others, ordinally.</summary>
    public int CompareTo(CompactId other)
    {
        if (_text is not null || other._text is not null) return string.CompareOrdinal(_text, other._text);
        var high = _high.CompareTo(other._high);
        return high != 0 ? high : _low.CompareTo(other._low);
    }

    public bool Equals(CompactId other) => _high == other._high && _low == other._low && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is CompactId other && Equals(other);

    /// <summary>
    /// Seeded by the process in both shapes, so that nobody can choose ids that collide. In four parts, as a long is folded to one before it meets the seed.
    /// </summary>
    public override int GetHashCode() => _text?.GetHashCode(StringComparison.Ordinal)
        ?? HashCode.Combine((uint)(_high >> 32), (uint)_high, (uint)(_low >> 32), (uint)_low);

    /// <summary>Null for no id.</summary>
    public string? ToText() => IsNone ? null : ToString();

    public override string ToString()
    {
        if (_text is not null) return _text;
        if (IsNone) return "";

        Span<byte> bytes = stackalloc byte[UuidBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
