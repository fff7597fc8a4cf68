using System.Text.Json.Serialization;

namespace JubileeVerse.Accounts;

/// <summary>What a user may do. An unknown value is treated as <see cref="User"/>.</summary>
[GenerateSerializer, Alias("UserRole")]
[JsonConverter(typeof(JsonStringEnumConverter<UserRole>))]
public enum UserRole
{
    [JsonStringEnumMemberName("user")]
    User = 0,

    [JsonStringEnumMemberName("admin")]
    Admin = 1,
}
