using JubileeVerse.Accounts;
using JubileeVerse.Gateway;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.Silo;

// Silo and gateway in one process, over SQLite: nothing else has to run.
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://localhost:3000");
builder.Services.Configure<AdminOptions>(admin => admin.GenerateWhenMissing = true);
builder.AddStandaloneSilo();
builder.AddGateway();

var app = builder.Build();
app.UseGateway();
await app.RunUntilStoppedAsync();
