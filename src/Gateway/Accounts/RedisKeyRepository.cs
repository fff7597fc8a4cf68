using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Keeps the keys that protect cookies and tokens in Redis, where every gateway of the cluster finds them.</summary>
/// <remarks>
/// Gateways that start together, or find together that the key is about to expire, all make a new one. The first one's is stored. The
/// others' are thrown away, since the list is no longer the one that they had read: whoever has made a key reads the list anew before using it.
/// </remarks>
internal sealed class RedisKeyRepository(IConnectionMultiplexer redis) : IXmlRepository
{
    private const string StoreScript =
        "if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end return redis.call('RPUSH', KEYS[1], ARGV[2])";

    private static readonly RedisKey Key = "jv:keys";

    private int _countRead;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var stored = redis.GetDatabase().ListRange(Key);
        Volatile.Write(ref _countRead, stored.Length);
        return [.. stored.Select(value => XElement.Parse((string)value!))];
    }

    public void StoreElement(XElement element, string friendlyName) => redis.GetDatabase().ScriptEvaluate(
        StoreScript, [Key], [Volatile.Read(ref _countRead), element.ToString(SaveOptions.DisableFormatting)], CommandFlags.NoScriptCache);
}
