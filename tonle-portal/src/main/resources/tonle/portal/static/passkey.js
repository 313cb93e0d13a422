// SPDX-License-Identifier: Apache-2.0
// The one thing that no form can do without script: asking the browser for a passkey (WebAuthn Level 3, section 5.1).
"use strict";
document.addEventListener("DOMContentLoaded", function () {
  var octets = function (text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (c) { return c.charCodeAt(0); });
  };
  var text = function (buffer) {
    return buffer ? btoa(String.fromCharCode.apply(null, new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") : null;
  };
  var made = function (credential) {
    var r = credential.response;
    return { attestationObject: text(r.attestationObject), clientDataJSON: text(r.clientDataJSON),
      transports: r.getTransports ? r.getTransports() : [] };
  };
  var signed = function (credential) {
    var r = credential.response;
    return { authenticatorData: text(r.authenticatorData), clientDataJSON: text(r.clientDataJSON),
      signature: text(r.signature), userHandle: text(r.userHandle) };
  };
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var says = form.querySelector(".says");
    if (!window.PublicKeyCredential) { says.textContent = form.dataset.unable; return; }
    form.querySelector("button").disabled = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var options = JSON.parse(form.dataset.passkey);
      var isNew = Boolean(options.user);
      options.challenge = octets(options.challenge);
      if (isNew) {
        options.user.id = octets(options.user.id);
        options.excludeCredentials.forEach(function (c) { c.id = octets(c.id); });
      }
      says.textContent = form.dataset.waits;
      (isNew ? navigator.credentials.create({ publicKey: options }) : navigator.credentials.get({ publicKey: options }))
        .then(function (credential) {
          form.elements.credential.value = JSON.stringify({ id: credential.id, rawId: text(credential.rawId),
            type: credential.type, clientExtensionResults: {}, response: isNew ? made(credential) : signed(credential) });
          form.submit();
        })
        .catch(function () { says.textContent = form.dataset.failed; });
    });
  });
});
