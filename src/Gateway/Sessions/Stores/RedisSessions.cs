using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Storage;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Sessions.Stores;

/// <summary>
/// Sessions in Redis: <c>jv:sess:{hash}</c> holds a session until it expires, <c>jv:sess:user:{id}</c> indexes a user's sessions by expiry.
/// Both are always changed together.
/// </summary>
internal sealed class RedisSessions(RedisCircuitBreaker redis, TimeProvider time)
{
    /// <summary>Maximum number of sessions per user; a further one ends the session that would expire first.</summary>
    public const int MaxPerUser = 100;

    private const string Prefix = "jv:sess:";
    private const string UserPrefix = Prefix + "user:";

    /// <summary>A stored session starts with its owner's id in ASCII, this many bytes long.</summary>
    private const int OwnerLength = 36;

    private const string WriteScript =
        """
        if ARGV[7] == '1' and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3])
        redis.call('ZADD', KEYS[2], ARGV[4], ARGV[5])
        local over = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[6])
        if over > 0 then
          for _, hash in ipairs(redis.call('ZRANGE', KEYS[2], 0, over - 1)) do redis.call('DEL', ARGV[8] .. hash) end
          redis.call('ZREMRANGEBYRANK', KEYS[2], 0, over - 1)
        end
        redis.call('PEXPIREAT', KEYS[2], redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2])
        return 1
        """;

    private const string RemoveScript =
        """
        local session = redis.call('GETDEL', KEYS[1])
        if session then redis.call('ZREM', ARGV[1] .. string.sub(session, 1, ARGV[2]), ARGV[3]) end
        return 1
        """;

    private const string RemoveAllScript =
        """
        for _, hash in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('DEL', ARGV[1] .. hash) end
        redis.call('DEL', KEYS[1])
        return 1
        """;

    /// <summary>Returns false, without writing, if <paramref name="mustExist"/> is true and the session does not exist.</summary>
    public async Task<bool> WriteAsync(string hash, UserId userId, byte[] payload, DateTimeOffset expiresAt, bool mustExist)
    {
        var now = time.GetUtcNow();
        var lifetimeMs = Math.Max(1, (long)(expiresAt - now).TotalMilliseconds);
        byte[] stored = [.. System.Text.Encoding.ASCII.GetBytes(userId.ToString()), .. payload];
        var written = await RunAsync(
            WriteScript,
            [Prefix + hash, UserPrefix + userId],
            [
                stored, lifetimeMs, now.ToUnixTimeMilliseconds(), expiresAt.ToUnixTimeMilliseconds(), hash,
                MaxPerUser, mustExist ? "1" : "0", Prefix,
            ]);
        return (int)written == 1;
    }

    /// <summary>Null if the session has ended.</summary>
    public async Task<(UserId UserId, byte[] Payload)?> ReadAsync(string hash)
    {
        var stored = (byte[]?)await redis.ExecuteAsync(database => database.StringGetAsync(Prefix + hash));
        if (stored is null || stored.Length <= OwnerLength)
            return null;

        var owner = System.Text.Encoding.ASCII.GetString(stored, 0, OwnerLength);
        return UserId.TryParse(owner, null, out var userId) ? (userId, stored[OwnerLength..]) : null;
    }

    public Task RemoveAsync(string hash) => RunAsync(RemoveScript, [Prefix + hash], [UserPrefix, OwnerLength, hash]);

    public Task RemoveAllAsync(UserId userId) => RunAsync(RemoveAllScript, [UserPrefix + userId], [Prefix]);

    public Task PingAsync() => redis.ExecuteAsync(database => database.PingAsync());

    /// <summary>The script's text is sent each time, because a restarted server has no cached scripts.</summary>
    private Task<RedisResult> RunAsync(string script, RedisKey[] keys, RedisValue[] values) =>
        redis.ExecuteAsync(database => database.ScriptEvaluateAsync(script, keys, values, CommandFlags.NoScriptCache));
}
