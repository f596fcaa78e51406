/**
 * RSA keys for repeatable runs and tests. They are worthless: everybody knows them. Never use them for anything else.
 *
 * Only the primes are kept, 1024 bits each, in base64url; everything else follows from them.
 *
 * @module
 */

/** The primes of worthless keys of 2048 bits. */
export const worthlessPrimes: readonly { readonly p: string; readonly q: string }[] = [
  {
    p: '34Sa0L89q3UVrzBrYrYiBAWmiWyMxgjxIamxEnj368KvcKBGOj0fE6QXmisa7ZWFGlgFZz1AanTV_AKmN22hF9YkYZRWrADs00KK3I45jCK0HdU77MxvYumQwWS1jbxvEYIH7eAHGtpFKsUOENguNoNS9tIG8iFClQ2K6CYhYts',
    q: '3DGW7AozUG20-VV9VbmnUUnu7WfyJK4qqEP8tSlXF7Z8YvraC_-ZxNNaC1zb9ZIl2HRxTCwHZFvQZQWASgUa08S-zikaBFG4Pkm-PseJlZiqJNbMYyo5sUsOz2Pdzx07J_0tbuu-SOTijg9-WIudW7w_I1KUl3sEBoT6w0vNb_c',
  },
  {
    p: '-aC3juHWHmow_h6OFxoImJz-vzoUla9yktiNll1_pIqjt-ZfbEWRhVxabPQzG-snFxR4ynsgObkQGX90fEiWeTMUjt8OcIe0q6aifYzq6RNcqu_d_P43pAXHAmNWUgJAh-rd8yt-Rqg9FLzj-ojpEeeLornU6dnqdoBGm3Mfmg0',
    q: 't_peZgDZmMJnSD4nDwNBjQqVMrPY3psx6Eg5DGJHB9lknncCAbzK-IynqNajoq_KyoPL1wCBXFUtBzW77pWCCAJR7S5Mv7aK5Fntm504DcfUxbiTLVvw4ZHa9Lfsi4xsgWBvqilavyvgbVe4yyTmxmDShLFFhvlJvDapEY0jrQc',
  },
  {
    p: '7xJmEivGM9jY36vgTezisKqtIcB21AzmfIqDE57WOqZ7Hrv-c33id1GxKcIor9tqkaAaL_7MYYPQu8MzR3aTNgDZswzxvuhycGagDn521jvHf9d9s2dvKvgMG79GeFivgjh_JG74tqTxo0wEzOfVFxVe0QryC8tpqXmA_vDPpCM',
    q: 'xQcXxKcBH-n56K7YGiK_4wW0p0BJYtlklpypjSHENmEPBlFgY_zzt2MKxhCucdFvlQjeCozxeer-pctuvw0R25tGhTOK3LA84YdNPvha2dLsEDNlJYt_zWzU2HhUi65Q8Foq41RQHUuU7BENS3XLzLgZ51BmEXy_DicSOPXhDH0',
  },
  {
    p: '9J75IF_v_iu7pKiq32pbwygPGOcs38iH9mJBOFkzZMnSa7PAOC-dmwJlkbaPG3Y9EhAoUkQZOtkZ5bj38BGHe3IoXyk9jMjMUeEU-_E4IbcMA9AIW1gm7evAMrl5F22N7kODHxDnhCo1SohT2DiaFHzI_TW9X71kCDYnXb2nNDE',
    q: 'zUPUklqqacUGrwOi3K-84CRyVHJyDz-HY4TelfEzfYfj9JZuTW641ZrLogyEkSsfEQSYPnD2kFQeA852kY_79sYTWVvdTDiANDltGfjVf7Gwyz02-JSbFZ4lCL7D80AyLWHjBRpgt4djRSCZ-U5nhu--TpMe-QeTPZkxrc2qmWU',
  },
  {
    p: '_U_83BXFE-arlthH7qFPAocSMqvuEyUuqst8TIMf2VnjigLm7THaSIED-OlwoXKEzIAZP_44MAGQnIQ6Gxecq0c72s7zys7ceVlaZh_UnbquQ7X5QX1gQb5WvDZq2VFtFFmQ0F0oFS_d672ZISvUqiN-Bsp1n49MnmUTvTKhb-E',
    q: 'uOtfuXrrkJIUN2MIUqbNSvMhaVO8wrhuPbnxHi-RD7LAyxorvJslCTG6i7npaEFtULJJ1mAw0nOzNi76TjEJfXY5wvL3OqO0Q306N3ktE8KnNRXkZD85-YNjTnGgCytQfbt19EGcszRvgl-n0MlwbTal-mdTs5GelL7ma7gPAfc',
  },
  {
    p: '1vJG6Mky4Etm-HgVLJzV4L_E6ibOdLCIuPQMlZy7bQFVBrVczbiwToYcy9c7aQ-V65w_jxs2069xtDhk7VpUG4lg9bEyLc5_d3-HytRVd4B-mLqjmg7A8q3ug3eJdI7sUsn2hXlpS3chWUE8S45dW9K2mOd681_o_eqaGN2wXuk',
    q: 'tiPOJKwGZnU6KDlPT9hLj2b6r-Yk8nagMCxjmASZwqZxlbYSi7qtvdhfcYcqmFU-8F8k-83703PC6CAgqb0kQLxVyHuFPQrxjbCKwPvpH3KLcOKmOqI7C_2jgx0amTdEQkuxkMi688uUgtMUtoKlJQltZ4brqV2yOcSRU2VrXGU',
  },
  {
    p: '40Ssn_1mgB-7gxruUkPFAWSK9O-Hd4NfWlsGGWy4mO66vwWiFslbZX6YtLoRuA-kTbq4e4_IGeyqwfvTFD-2-jCpVOMRgHJv5H2JiMjb4ZDemi_j6Ff9oENV4TCYoy7f40JolNp37n6PhGzhXlpg5DyQjGDEX3GSmHyeBAO9sB0',
    q: 't8q9BGERlwiTXa3cx-d8wcx1OwwXxsberxI2Jr_CKkMG0rWyHC0c4vOe7R9vieVdxYCrbBH_172HpDR9X1Fac3E548XFhV8Rnp5oAyuGDkMt1IeD87EeqkeXxgjTwJtzeF_XQQRqJCsE0Wmp323-CLftRaPSQwexV_at6puIEsE',
  },
  {
    p: '4Mkba0c3nbYP19AAzeBSY4lf18uRxzMj9oC9k-ZnbZ_IaYg3KCy9QjITszF15rwkm0V65t0pXNXrhtaOtPWlOPTpeN-9Iq5Rrcet6F1Ukc7viHNNGxTCBpTx5Uk5I0YIKW41ZjMn9u29fZfKTUIT8DbWq4h-GQgpqTXaAOH1xkk',
    q: 'uKlr_1n_2IkXVSwH9wb8BF4ppZGZzf6k-HAyQC1PH7cNTR6uf3LYXBv3-eOkoL7SL_o1gLOBQErEI15CM0hkhlQFVbhhV5N6qaxfam69sGp4fCrmeiFE20dyzHNbdz6Wm6rBBcsv_OT6FEWZtDDNz_9U8dOl4BIcTMjY0agtwF8',
  },
  {
    p: '1yfnb_isYcOdOqsxNNaTver_n_l69mDyiUlneuW-I7txJ5ROysfr0g7YcPQ-fMcF1MLzPmt9b4jZn0nbgFDKlymBb1-vweW83e-L66ZMwmKOuc1y-TeK3QHHV5Que0Gc5NFttAvEInwBpe8GehcNZ0D-kFEafi62npu0jUrjr9E',
    q: 'yCHrU636VlkhHxmk7VgPmHoyrjaPsA7NVjTP_QSjWphk-8ssZGkIL5pOxLy7HmZx2XXFuL5iOoYi1CPtNlVRZ1BAWg4Wfm9U5eecOX_jeSYWA_1mAEm_POmMDvFGrUwJGWobuz3C8XY7srQEYFyn4jqm96CxiTCIq2ZaYvGoNk8',
  },
  {
    p: '3sOil6CozNAabkx3f1vI8Ms5lYLSxsAQYnuONoMzyhIbGbcdi5lYq1EA0xzauXQaESHAYjlAmI7HXtJLP54jdcdVLBsJHI_Irazc46JQUYidSyztOfn-G1qge6Qfri6eFbQra4kKfCrqawvmsLMpbDTDLXj2nsNsPDZPZh3smlM',
    q: '0mnAW1niEZGin91G_YxB2Clcf5mCPrl9pAlchMaYXfFlyEHTh1RMPzV7QBPFkN880rrLTlDvCgLRs3eKke-JchxKn-7c-zEd1jKGh8xr2YRukBNOwSa1g2XWNo_cdCQJ0MLr2WA6SsTmzbV5CYAGIe8z40kQ3fEFGQ71_FBY3sk',
  },
];
