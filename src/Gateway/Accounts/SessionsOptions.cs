using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>How long people stay signed in.</summary>
internal sealed class SessionsOptions
{
    /// <summary>A session ends when it has not been used for this long. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The same for a person who asked to be remembered. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RememberedLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A bearer token's life; it ends earlier with its session. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A refresh token's life, and that of the session behind it. Default 14 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Where the keys that protect cookies and tokens are kept when there is no Redis; every gateway needs the same. Default <c>data/keys</c>.</summary>
    [Required]
    public string KeysDirectory { get; set; } = "data/keys";
}
