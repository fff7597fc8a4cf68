using System.Buffers.Binary;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>
/// An id that stays in memory for as long as its job is open. A UUID is kept as its 16 bytes instead of a string of 96 bytes,
/// so that a million waiting jobs fit in memory. Any other text is kept as a string. The default value means "no id".
/// </summary>
internal readonly struct CompactId : IEquatable<CompactId>, IComparable<CompactId>
{
    private const int UuidLength = 36;
    private const int UuidBytes = 16;

    private readonly ulong _high;
    private readonly ulong _low;
    private readonly string? _text;

    /// <summary>Reassembles the parts that <see cref="Deconstruct"/> returned.</summary>
    public CompactId(ulong high, ulong low, string? text)
    {
        _high = high;
        _low = low;
        _text = text;
    }

    public bool IsNone => _text is null && (_high | _low) == 0;

    public static CompactId From(string? text)
    {
        if (text is null) return default;
        if (text.Length != UuidLength || !Guid.TryParseExact(text, "D", out var uuid) || uuid == Guid.Empty) return new(0, 0, text);

        // An upper-case UUID parses too, but it is a different id. Only a text that formats to itself may be packed.
        Span<char> printed = stackalloc char[UuidLength];
        uuid.TryFormat(printed, out _, "D");
        if (!printed.SequenceEqual(text)) return new(0, 0, text);

        Span<byte> bytes = stackalloc byte[UuidBytes];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), null);
    }

    public static CompactId From(JobId id) => From(id.Value);

    public JobId ToJobId() => new(ToString());

    /// <summary>Splits the id, for holders of very many ids that store the rarely used text elsewhere.</summary>
    public void Deconstruct(out ulong high, out ulong low, out string? text) => (high, low, text) = (_high, _low, _text);

    /// <summary>Orders UUIDs first, in the order of their text; all other ids follow in ordinal order.</summary>
    public int CompareTo(CompactId other)
    {
        if (_text is not null || other._text is not null) return string.CompareOrdinal(_text, other._text);
        var high = _high.CompareTo(other._high);
        return high != 0 ? high : _low.CompareTo(other._low);
    }

    public bool Equals(CompactId other) =>
        _high == other._high && _low == other._low && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is CompactId other && Equals(other);

    /// <summary>
    /// Both forms use the per-process seed, so that no client can choose colliding ids. The UUID is hashed in four 32-bit parts, because
    /// <see cref="HashCode"/> folds a long to 32 bits before it applies the seed.
    /// </summary>
    public override int GetHashCode() => _text?.GetHashCode(StringComparison.Ordinal)
        ?? HashCode.Combine((uint)(_high >> 32), (uint)_high, (uint)(_low >> 32), (uint)_low);

    /// <summary>The id as text; null for no id.</summary>
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
