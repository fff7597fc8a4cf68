using System.Buffers.Text;
using System.Numerics;
using System.Text;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// Formats and parses a cursor as base64url text of these bytes: a version; the distinct epochs, because most channels share one; for
/// each channel its key, the index of its epoch, its offset and its replies; a checksum. Numbers are encoded with seven bits a byte. A
/// cursor of ten channels with five running replies each has about 1,800 characters.
/// </summary>
internal static class EventCursorText
{
    /// <summary>The longest text that is parsed. A header can hold more.</summary>
    public const int MaxLength = 5 * 1024;

    /// <summary>Changes with the format of the bytes.</summary>
    private const byte Version = 1;

    private const int MaxMarks = 16;
    private const int MaxEpochBytes = 64;
    private const int GuidBytes = 16;

    public static string Format(EventCursor cursor)
    {
        var epochs = cursor.Marks.Select(mark => mark.Position.Epoch).Distinct().ToList();
        var bytes = new MemoryStream();
        bytes.WriteByte(Version);
        WriteNumber(bytes, epochs.Count);
        foreach (var epoch in epochs.Select(Encoding.UTF8.GetBytes))
        {
            WriteNumber(bytes, epoch.Length);
            bytes.Write(epoch);
        }

        WriteNumber(bytes, cursor.Marks.Count);
        foreach (var mark in cursor.Marks)
            WriteMark(bytes, mark, epochs.IndexOf(mark.Position.Epoch));
        bytes.Write(BitConverter.GetBytes(Checksum(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))));
        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public static EventCursor? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(text))
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        var end = bytes.Length - sizeof(uint);
        return end > 0 && bytes[0] == Version && BitConverter.ToUInt32(bytes, end) == Checksum(bytes.AsSpan(0, end))
            ? new Reader(bytes.AsSpan(1, end - 1)).Read()
            : null;
    }

    private static void WriteMark(MemoryStream bytes, EventMark mark, int epoch)
    {
        bytes.Write(BitConverter.GetBytes(mark.Key));
        WriteNumber(bytes, epoch);
        WriteNumber(bytes, mark.Position.Offset);
        WriteNumber(bytes, mark.Replies.Count);
        Span<byte> id = stackalloc byte[GuidBytes];
        foreach (var reply in mark.Replies)
        {
            reply.ReplyId.Value.TryWriteBytes(id);
            bytes.Write(id);
            WriteNumber(bytes, reply.Run);
            WriteNumber(bytes, reply.TextOffset);
        }
    }

    private static void WriteNumber(MemoryStream bytes, long number)
    {
        var rest = (ulong)number;
        for (; rest > 0x7F; rest >>= 7)
            bytes.WriteByte((byte)(rest | 0x80));
        bytes.WriteByte((byte)rest);
    }

    /// <summary>
    /// Detects text that was truncated or damaged. It does not protect against forgery, because a cursor grants no access.
    /// </summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
            checksum = BitOperations.Crc32C(checksum, value);
        return checksum;
    }

    /// <summary>Reads untrusted bytes; any value that is out of range ends the read.</summary>
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public EventCursor? Read()
        {
            if (!TryCount(MaxMarks, out var epochCount))
                return null;
            var epochs = new string[epochCount];
            foreach (ref var epoch in epochs.AsSpan())
            {
                if (!TryCount(MaxEpochBytes, out var length) || !TryTake(length, out var text))
                    return null;
                epoch = Encoding.UTF8.GetString(text);
            }

            if (!TryCount(MaxMarks, out var markCount))
                return null;
            var cursor = new EventCursor();
            for (var i = 0; i < markCount; i++)
            {
                if (ReadMark(epochs) is not { } mark)
                    return null;
                cursor.Add(mark);
            }

            return _rest.IsEmpty ? cursor : null;
        }

        private EventMark? ReadMark(string[] epochs)
        {
            if (!TryTake(sizeof(ulong), out var key)
                || !TryCount(epochs.Length - 1, out var epoch)
                || !TryNumber(out var offset)
                || !TryCount(EventMark.MaxReplies, out var replyCount))
            {
                return null;
            }

            var replies = new List<ResumeReply>(replyCount);
            for (var i = 0; i < replyCount; i++)
            {
                if (!TryTake(GuidBytes, out var id) || !TryNumber(out var run) || !TryCount(int.MaxValue, out var textOffset))
                    return null;
                replies.Add(new ResumeReply(ReplyId.From(new Guid(id)), run, textOffset));
            }

            return new EventMark(BitConverter.ToUInt64(key), new ChannelPosition(epochs[epoch], offset), replies);
        }

        private bool TryTake(int count, out ReadOnlySpan<byte> taken)
        {
            taken = _rest[..Math.Min(count, _rest.Length)];
            _rest = _rest[taken.Length..];
            return taken.Length == count;
        }

        private bool TryCount(int max, out int count)
        {
            var isNumber = TryNumber(out var number);
            count = isNumber && number <= max ? (int)number : 0;
            return isNumber && number <= max;
        }

        /// <summary>Reads a number of at most nine bytes, so that it is not negative.</summary>
        private bool TryNumber(out long number)
        {
            number = 0;
            for (var shift = 0; shift < 63; shift += 7)
            {
                if (!TryTake(1, out var next))
                    return false;
                number |= (long)(next[0] & 0x7F) << shift;
                if (next[0] < 0x80)
                    return true;
            }

            return false;
        }
    }
}
