using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Gateway.Sessions;

/// <summary>Lifetimes of sessions and tokens, and where their keys are stored.</summary>
internal sealed class SessionsOptions
{
    /// <summary>A session expires after this long without use. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The same for a user who signed in with <c>remember</c>. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RememberedLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Lifetime of a bearer token, which ends earlier if its session ends. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Lifetime of a refresh token and of its session. Default 14 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// Directory of the keys that protect cookies and tokens, used without Redis. All gateways need the same keys. Default
    /// <c>data/keys</c>.
    /// </summary>
    [Required]
    public string KeysDirectory { get; set; } = "data/keys";
}
